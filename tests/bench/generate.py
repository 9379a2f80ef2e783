"""Writes a corpus of invented telegrams of any size, the same for a seed.

    generate.py N FOLDER [--seed S] [--bulk FILE.csv] [--archive FILE]...

FOLDER gets YEAR/POST/REFID.txt; --bulk the same telegrams as a bulk CSV file,
--archive as what its suffix says (.7z, .tar.zst), made by bsdtar.  Beside
FOLDER stands FOLDER.tsv, what the header fields of each telegram are.

Lengths are those of real cables: lognormal, median 6 KB, mean 10 KB, at most
200 KB.  Three in ten are of the 1970s.  The prose is drawn word by word from
the list below: it means nothing, and names nobody.
"""

import argparse
import datetime
import itertools
import math
import os
import random
import subprocess

MEDIAN, SPREAD, LONGEST = 6300, 1.04, 200_000
SHARE_1970S = 0.3
SECTION = 11_000  # bytes of a section of a modern telegram
PAGE = 44  # lines of a page of the 1970s

# --- Words ------------------------------------------------------------------

COMMON = """the of to and in a that for on is with was by as be at from are
has it have will not an this had its would which but were or their they been
he his also more we who than government said other while could there if about
no some when after both should all any into only out what over such one she
up two may last most between against new during before since many under them
do because these so even very still however through where without next""".split()

WORDS = """minister president embassy foreign ministry officials party lighthouse
harbor ferry fishery tariff railway customs orchard archive census delegation
committee parliament opposition leader visit meeting discussed noted stressed
explained believes expects hopes doubts argued agreed proposed rejected signed
treaty draft text language protocol summit session agenda vote resolution
support assistance program project budget funds percent million billion growth
trade exports imports wheat cotton sugar timber copper energy gas pipeline
electricity dam river border crossing police army officers training exercise
security council region provincial governor mayor court judge law reform
election campaign candidate coalition cabinet deputy secretary director chief
department bureau agency bank loan debt currency price market company investor
contract tender license permit land farmers teachers students university school
hospital clinic doctors vaccine weather drought flood winter summer spring
season bridge road port airport station museum theater orchestra festival bells
clock tower post office stamps letters telegram radio newspaper journalist
editor press statement report rumor source contact interlocutor colleague
counterpart host guest lunch dinner coffee garden island mountain lake coast
sea ship captain crew cargo container inspection certificate deadline delay
progress obstacle compromise concern interest priority objective strategy
approach option decision instruction guidance request response reply proposal
amendment article annex paragraph chapter record history memory commemoration
anniversary monument language minority community church mosque temple village
capital city street market neighbor neighboring bilateral multilateral regional
national local public private joint common mutual serious modest recent early
late quiet public formal informal frank cordial lengthy brief useful difficult
likely unlikely possible certain clear unclear open closed former current senior
junior young old small large important minor economic political military
cultural scientific technical legal financial commercial agricultural maritime
nevertheless meanwhile moreover therefore reportedly apparently privately
publicly repeatedly recently immediately eventually perhaps already never often
seldom again together abroad elsewhere according despite regarding following
pending continue begin end return arrive depart offer accept refuse withdraw
appoint dismiss nominate replace consult inform urge assure remind warn thank
invite attend travel inspect measure count repair paint rebuild expand reduce
postpone cancel announce publish translate deliver receive collect observe
question answer describe compare prefer recommend consider review approve""".split()

PHRASES = ["the Minister", "Post", "Emboffs", "the Ambassador", "PolOff",
           "the Prime Minister", "the Foreign Ministry", "EconOff", "DCM",
           "(ref A)", "reftel", "in 2004", "on March 3", "12 percent",
           "USD 40 million", "\"not yet\"", "XXXXXXXXXXXX", "Washington",
           "the EU", "the UN", "Charge", "(see paragraph 3)", "e.g.", "U.S.",
           "the host government", "per ref B", "-- again --", "a.m."]

VOCABULARY = COMMON + WORDS + PHRASES
WEIGHTS = list(itertools.accumulate(
    [60 / (2 + i) + 0.3 for i in range(len(COMMON))]
    + [60 / (100 + i) for i in range(len(WORDS))]
    + [0.25] * len(PHRASES)))
WORD = 6.0  # bytes of a word and its blank, about

SURNAMES = """ASHDOWN BELLWETHER CARDIGAN DRUMMOND ELDERFLOWER FENWICK GALLOWAY
HOLLOWAY INGLESIDE JESSUP KINGSLEY LARKSPUR MERRIDEW NIGHTINGALE OAKHURST
PENHALIGON QUILLER ROWNTREE SILVERTON THISTLEWOOD UNDERHILL VARLEY WHITLOCK
YARROW""".split()
SUBJECT_TAGS = """PREL PGOV ECON EFIN ETRD PTER PHUM MARR EAGR ENRG SENV SOCI
KDEM KCOR EAID EINV ELAB SMIG MNUC PARM PBTS CVIS APER OVIP TRGY TSPL""".split()
OLD_TAGS = "PFOR PINT PGOV ETRD EFIN EAGR ENRG OVIP MARR SENV CVIS".split()

# Name of a post, its country as a tag, its routing indicator.
POSTS = [line.split("|") for line in """
ACCRA|GH|RUEHAR;ADDIS ABABA|ET|RUEHDS;ALGIERS|AG|RUEHAS;AMMAN|JO|RUEHAM
ANKARA|TU|RUEHAK;ATHENS|GR|RUEHTH;BAKU|AJ|RUEHKB;BANGKOK|TH|RUEHBK
BEIRUT|LE|RUEHLB;BELGRADE|SR|RUEHBW;BERN|SZ|RUEHSW;BOGOTA|CO|RUEHBO
BRASILIA|BR|RUEHBR;BUDAPEST|HU|RUEHUP;BUENOS AIRES|AR|RUEHBU;CAIRO|EG|RUEHEG
CANBERRA|AS|RUEHBY;COLOMBO|CE|RUEHLM;COPENHAGEN|DA|RUEHCP;DAKAR|SG|RUEHDK
DAMASCUS|SY|RUEHDM;DAR ES SALAAM|TZ|RUEHDR;DHAKA|BG|RUEHKA;DUBLIN|EI|RUEHDL
GUATEMALA|GT|RUEHGT;HARARE|ZI|RUEHSB;HAVANA|CU|RUEHUB;HELSINKI|FI|RUEHHE
ISLAMABAD|PK|RUEHIL;JAKARTA|ID|RUEHJA;KABUL|AF|RUEHBUL;KATHMANDU|NP|RUEHKT
KINGSTON|JM|RUEHKG;KUALA LUMPUR|MY|RUEHKL;LA PAZ|BL|RUEHLP;LAGOS|NI|RUEHOS
LIMA|PE|RUEHPE;LISBON|PO|RUEHLI;LONDON|UK|RUEHLO;MADRID|SP|RUEHMD
MANAGUA|NU|RUEHMU;MANILA|RP|RUEHML;MEXICO|MX|RUEHME;MOSCOW|RS|RUEHMO
NAIROBI|KE|RUEHNR;NEW DELHI|IN|RUEHNE;NICOSIA|CY|RUEHNC;OSLO|NO|RUEHNY
OTTAWA|CA|RUEHOT;PARIS|FR|RUEHFR;PRAGUE|EZ|RUEHPG;QUITO|EC|RUEHQT
REYKJAVIK|IC|RUEHRK;ROME|IT|RUEHRO;SAN JOSE|CS|RUEHSJ;SANTIAGO|CI|RUEHSG
SEOUL|KS|RUEHUL;SOFIA|BU|RUEHSF;STOCKHOLM|SW|RUEHSM;SUVA|FJ|RUEHSV
TALLINN|EN|RUEHTL;TBILISI|GG|RUEHSI;TEL AVIV|IS|RUEHTV;TOKYO|JA|RUEHKO
TUNIS|TS|RUEHTU;VALLETTA|MT|RUEHVT;VIENNA|AU|RUEHVI;WARSAW|PL|RUEHWR
WINDHOEK|WA|RUEHWD;ZAGREB|HR|RUEHVB
""".replace("\n", ";").strip(";").split(";")]

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
LEVELS = {  # as printed in the classification line, in ZN*, as a portion
    "UNCLASSIFIED": ("UNCLAS", "ZNR UUUUU ZZH", "U"),
    "CONFIDENTIAL": ("C O N F I D E N T I A L", "ZNY CCCCC ZZH", "C"),
    "SECRET": ("S E C R E T", "ZNY SSSSS ZZH", "S"),
    "LIMITED OFFICIAL USE": ("LIMITED OFFICIAL USE", "", ""),
}


def prose(rng, size):
    """Sentences of about so many bytes."""
    n = max(6, int(size / WORD))
    words = rng.choices(VOCABULARY, cum_weights=WEIGHTS, k=n)
    sentences = []
    i = 0
    while i < n:
        k = 7 + int(rng.random() * 20)
        s = " ".join(words[i:i + k])
        sentences.append(s[0].upper() + s[1:])
        i += k
    return ".  ".join(sentences) + "."


def wrap(text, width):
    """Lines of at most so many bytes."""
    lines = []
    start, end = 0, len(text)
    while end - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            break
        lines.append(text[start:cut])
        start = cut + 1
    lines.append(text[start:])
    return lines


def title(rng, country):
    """The words of a subject."""
    words = rng.choices(WORDS, k=rng.randint(4, 14))
    return " ".join([country + ":"] + words).upper()


# --- A telegram -------------------------------------------------------------


class Telegram:
    """One telegram: header and body as printed, and what they say."""

    def __init__(self, rng, used):
        self.rng = rng
        self.old = rng.random() < SHARE_1970S
        year = rng.randint(1973, 1979) if self.old else rng.choice(
            (2002, 2003, 2004, 2005, 2006, 2006, 2007, 2007, 2008, 2008, 2009,
             2009))
        self.when = datetime.datetime(year, 1, 1) + datetime.timedelta(
            minutes=rng.randrange(365 * 24 * 60))
        self.post, self.tag, self.routing = rng.choice(POSTS)
        if rng.random() < 0.08:
            self.post, self.routing = "STATE", "RUEHC"
        for tries in itertools.count():
            # A post's year that is full goes on to higher numbers.
            self.serial = rng.randrange(1, 6000) + tries // 100 * 6000
            if self.post == "STATE":
                self.serial += 100_000
            self.refid = (f"{year % 100:02d}{self.post.replace(' ', '')}"
                          f"{self.serial}")
            if self.refid not in used:
                break
        used.add(self.refid)
        self.created = self.when.strftime("%Y-%m-%d %H:%M:00")
        self.path = (f"{year}/{self.post.replace(' ', '_')}/{self.refid}.txt")
        self.dtg = (f"{self.when:%d%H%M}Z {MONTHS[self.when.month - 1]} "
                    f"{year % 100:02d}")
        self.fm = ("SECSTATE WASHDC" if self.post == "STATE"
                   else "AMEMBASSY " + self.post)
        self.origin = ("Secretary of State" if self.post == "STATE"
                       else "Embassy " + self.post.title())
        self.size = min(LONGEST, int(
            MEDIAN * math.exp(rng.gauss(0, SPREAD))))
        self.refs = []
        self.declass = ""
        self.heading = title(rng, self.post)
        self.signer = rng.choice(SURNAMES)
        (self.print_1970s if self.old else self.print_modern)()

    def subject_lines(self, width=60):
        """The subject as printed; notes it as one line."""
        self.subject = self.heading
        return "\n".join(wrap("SUBJECT: " + self.heading, width))

    def ref_lines(self, labelled):
        """The REF block, or nothing."""
        rng = self.rng
        if rng.random() > 0.56:
            return ""
        items = []
        for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 6))):
            post = rng.choice(POSTS)[0]
            year = self.when.year - (rng.random() < 0.25)
            serial = rng.randrange(1, 6000)
            self.refs.append(f"{year % 100:02d}{post.replace(' ', '')}{serial}")
            said = f"{year % 100:02d} " if year != self.when.year else ""
            items.append(f"{said}{post} {serial}")
        if len(items) == 1 or not labelled:
            return "REF: " + ", ".join(items) + "\n"
        return "REF: " + "     ".join(
            f"{chr(65 + i)}. {item}\n" for i, item in enumerate(items))

    # -- of 2002 and later

    def print_modern(self):
        rng, when = self.rng, self.when
        level = rng.choices(("UNCLASSIFIED", "CONFIDENTIAL", "SECRET"),
                            (45, 43, 12))[0]
        spaced, security, portion = LEVELS[level]
        self.classification = level
        action = rng.choice("OPPRR")
        word = {"O": "IMMEDIATE", "P": "PRIORITY", "R": ""}[action]
        others = rng.sample(POSTS, rng.randint(0, 12))
        copies = "\n".join(
            f"{ri}/AMEMBASSY {name} {rng.randrange(1, 9999):04d}"
            for name, _, ri in others)
        self.header = (
            f"VZCZCXRO{rng.randrange(10000):04d}\n"
            f"{action}{action} " + " ".join(p[2] for p in others[:5] or
                                            [POSTS[0]]) + "\n"
            f"DE {self.routing} #{self.serial % 10000:04d}/01 "
            f"{when:%j%H%M}\n{security}\n{action} {self.dtg}\nFM {self.fm}\n"
            f"TO RUEHC/SECSTATE WASHDC {word} {rng.randrange(9999):04d}\n"
            .replace("  ", " ")
            + (f"INFO {copies}\n" if copies else "")
            + rng.choice(("", "RUEKJCS/JOINT STAFF WASHINGTON DC//J5//\n"
                          "RHEHNSC/NSC WASHDC\n")))
        if not copies:
            self.header = self.header.replace("RUEKJCS", "INFO RUEKJCS")
        total = max(1, math.ceil(self.size / SECTION))
        of = f"SECTION 01 OF {total:02d} " if total > 1 else ""
        n = rng.randint(1, 6)
        tags = rng.sample(SUBJECT_TAGS, n) + [self.tag]
        self.tags = list(tags)
        if level == "UNCLASSIFIED":
            order, by = "N/A", ""
        else:
            until = when.replace(day=min(when.day, 28), year=when.year + 10)
            order = rng.choice(("DECL: %m/%d/%Y",) * 15 + ("DECL: %Y/%m/%d",))
            order = until.strftime(order)
            self.declass = f"{until:%Y-%m-%d}"
            by = (f"Classified By: Ambassador Jane {self.signer.title()}"
                  f", reasons 1.4 (b) and (d).\n\n")
        # The two dialects: format/modern.md 4.3.
        eo, label = rng.choice((("E.O. 12958:", "TAGS:"),) * 2
                               + (("EO 12958", "TAGS"),))
        self.body = (
            f"{spaced} {of}{self.post} {self.serial:06d}\n\n"
            + rng.choice(("SIPDIS\n\n", "SIPDIS\n\nSTATE FOR XX/YYY\n\n", ""))
            + f"{eo} {order}\n"
            + "\n".join(wrap(f"{label} " + ", ".join(tags), 62)) + "\n"
            + self.subject_lines() + "\n\n")
        refs = self.ref_lines(True)
        self.body += (refs + "\n" if refs else "") + by
        width = rng.choice((61, 65, 69, 69, 100_000))
        trail = " " if rng.random() < 0.5 else ""
        self.body += self.paragraphs(width, portion, trail, total)

    def paragraphs(self, width, portion, trail, total):
        """Numbered paragraphs up to the size, cut into sections."""
        rng = self.rng
        parts = []
        left = max(300, self.size - len(self.header) - len(self.body))
        section, room = 1, SECTION
        number = 1
        while left > 60:
            size = min(left, int(650 * math.exp(rng.gauss(0, 0.6))) + 80)
            mark = portion if portion == "" or rng.random() < 0.8 else "U"
            text = prose(rng, size)
            if number == 1:
                text = "Summary: " + text + "  End Summary."
            elif left - size <= 60 and number > 3:
                text = "Comment: " + text + "  End Comment."
            elif number % 4 == 0:
                head = " ".join(rng.choices(WORDS, k=3)).title()
                parts.append(f"{head}{trail}\n{'-' * len(head)}{trail}\n\n")
            lines = wrap(f"{number}. ({mark}) {text}", width)
            room -= size
            if room < 0 and section < total:
                section += 1
                room = SECTION
                lines.insert(
                    len(lines) // 2, f"\n{self.post[:10]} "
                    f"{self.serial:08d}  {section:03d} OF {total:03d}\n\n")
            parts.append((trail + "\n").join(lines) + trail + "\n\n")
            left -= size + 12
            number += 1
        return "".join(parts) + self.signer + "\n"

    # -- of the 1970s

    def print_1970s(self):
        rng, when = self.rng, self.when
        level = rng.choices(
            ("UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET"),
            (35, 20, 35, 10))[0]
        spaced = LEVELS[level][0]
        self.classification = level
        order = "12065" if when.year == 1979 else "11652"
        marking = "N/A"
        if level in ("CONFIDENTIAL", "SECRET"):
            if order == "12065":
                until = when.replace(day=min(when.day, 28),
                                     year=when.year + 6)
                marking = (f"GDS {until.month}/{until.day}/"
                           f"{until.year % 100:02d} ({self.signer}, A. B.)")
                self.declass = f"{until:%Y-%m-%d}"
            else:
                marking = "GDS"
                years = 8 if level == "SECRET" else 6
                self.declass = f"{when.year + years}-12-31"
        stamp = when + datetime.timedelta(minutes=rng.randrange(15, 300))
        page = f"{self.post[:6]:6}  {self.serial:05d}  {stamp:%d%H%M}Z"
        copies = [f"{o}-{rng.randrange(1, 9):02d}" for o in
                  "OCT ISO IO SAJ NSC PM INR CIAE DODE PA PRS SP USIA".split()]
        copies = copies[:rng.randint(3, 13)]
        counted = sum(int(c[-2:]) for c in copies) + 12
        info = rng.sample(POSTS, rng.randint(0, 6))
        banner = " " * 23 + level
        self.header = (
            f"{banner}\n\nPAGE 01        {page}\n\n"
            f"{rng.randrange(10, 99)}\nACTION EUR-12\n\n"
            + "\n".join(wrap("INFO  " + "  ".join(copies), 64))
            + f"   /{counted:03d} W\n"
            f"                     --------------------- "
            f"{rng.randrange(1000000):06d}\n"
            f"{rng.choice('OPRRR')} {self.dtg}\nFM {self.fm}\n"
            f"TO SECSTATE WASHDC {rng.randrange(1, 9999)}\n"
            + ("INFO " + "\n".join("AMEMBASSY " + p[0] for p in info) + "\n"
               if info else ""))
        tags = rng.sample(OLD_TAGS, rng.randint(1, 4)) + [self.tag]
        self.tags = list(tags)
        self.body = (
            f"\n{spaced} {self.post} {self.serial}\n\n"
            f"E.O. {order}: {marking}\nTAGS: {', '.join(tags)}\n"
            f"{self.subject_lines()}\n\n")
        refs = self.ref_lines(False)
        self.body += refs + "\n" if refs else ""
        text = self.paragraphs(62, "", "", 1).upper().replace(". () ", ". ")
        lines = text.split("\n")
        pages = []
        for i in range(0, len(lines), PAGE):
            if i:
                pages.append(f"{banner}\n\n{banner}\n\n"
                             f"PAGE {i // PAGE + 1:02d}        {page}\n\n")
            pages.append("\n".join(lines[i:i + PAGE]) + "\n")
        self.body += "".join(pages) + f"\n{banner}\n\nNNN\n"

    # -- as others store it

    def record(self, number):
        """As a line of the bulk CSV file."""
        w = self.when
        fields = (str(number), f"{w.month}/{w.day}/{w.year} {w.hour}:{w:%M}",
                  self.refid, self.origin, self.classification,
                  "|".join(self.refs), self.header, self.body)
        return ",".join(
            '"' + f.replace("\\", "\\\\").replace('"', '\\"') + '"'
            for f in fields) + "\n"


def telegrams(n, seed):
    """N telegrams."""
    rng = random.Random(seed)
    used = set()
    for _ in range(n):
        yield Telegram(rng, used)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("n", type=int)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bulk")
    parser.add_argument("--archive", action="append", default=[])
    args = parser.parse_args()

    os.makedirs(args.folder, exist_ok=True)
    bulk = open(args.bulk, "w", encoding="utf-8") if args.bulk else None
    folders = set()
    rows = []
    for number, t in enumerate(telegrams(args.n, args.seed), 1):
        path = os.path.join(args.folder, t.path)
        folder = os.path.dirname(path)
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)
            folders.add(folder)
        with open(path, "w", encoding="utf-8") as f:
            f.write(t.header + t.body)
        if bulk:
            bulk.write(t.record(number))
        tags = "[" + ",".join(f'"{each}"' for each in t.tags) + "]"
        rows.append((t.path, t.refid, t.created, t.classification, t.subject,
                     tags, t.declass))
    if bulk:
        bulk.close()
    rows.sort(key=lambda row: row[0].encode())
    with open(args.folder + ".tsv", "w", encoding="utf-8") as f:
        for row in rows:
            f.write("\t".join(row) + "\n")
    names = "".join(row[0] + "\n" for row in rows).encode()
    for archive in args.archive:
        how = (["--format", "7zip", "--options",
                "7zip:compression=lzma2,7zip:compression-level=3"]
               if archive.endswith(".7z") else ["--zstd"])
        subprocess.run(["bsdtar", *how, "-cf", archive, "-C", args.folder,
                        "-T", "-"], input=names, check=True)


if __name__ == "__main__":
    main()
