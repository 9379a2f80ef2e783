# report.pl EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams and
# prints its rows, with tabs between the columns and - for NULL.
use strict;
use warnings;
use DBI;

my ($extension, $folder) = @ARGV;
my $db = DBI->connect("dbi:SQLite:dbname=:memory:", "", "", { RaiseError => 1 });
$db->sqlite_enable_load_extension(1);
$db->sqlite_load_extension($extension);
$db->sqlite_enable_load_extension(0);

my $query = $db->prepare(do { local $/; <STDIN> });
$query->execute($folder);
while (my $row = $query->fetchrow_arrayref) {
    print join("\t", map { $_ // "-" } @$row), "\n";
}
