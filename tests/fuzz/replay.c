/*
** Replays inputs through a fuzz target, built by any compiler:
**
**   build/tests/fuzz/replay_bulk FILE|FOLDER...
**
** Tells each argument as a TAP line.  Without arguments it takes what is kept
** for the target: findings, if there are any, seeds and corpus.  An input that
** breaks something ends the run, with its name as the last thing printed.
*/
#include <dirent.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { NAME = 1024 };

static int told;

/* Runs one file. */
static void replay_file(const char *path) {
  FILE *f = fopen(path, "rb");
  CHECK(f != NULL);
  CHECK(fseek(f, 0, SEEK_END) == 0);
  long n = ftell(f);
  CHECK(n >= 0);
  rewind(f);
  uint8_t *data = malloc(n > 0 ? (size_t)n : 1);
  CHECK(data != NULL);
  CHECK(fread(data, 1, (size_t)n, f) == (size_t)n);
  fclose(f);
  fprintf(stderr, "%s\n", path);
  (void)LLVMFuzzerTestOneInput(data, (size_t)n);
  free(data);
}

static int is_visible(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

/* Runs a file, or every file of a folder; gives how many there were. */
static int replay(const char *path) {
  struct stat st;
  struct dirent **names;
  if (stat(path, &st) != 0) return 0;
  if (!S_ISDIR(st.st_mode)) {
    replay_file(path);
    return 1;
  }
  int n = scandir(path, &names, is_visible, alphasort);
  CHECK(n >= 0);
  for (int i = 0; i < n; i++) {
    char file[NAME];
    CHECK(snprintf(file, sizeof(file), "%s/%s", path, names[i]->d_name) < NAME);
    replay_file(file);
    free(names[i]);
  }
  free(names);
  return n;
}

/* Tells what came of a path, where something has to be there. */
static void tell(const char *path, bool needed) {
  int n = replay(path);
  if (n == 0 && !needed) return;
  printf("%s %d - %s: %d inputs\n", n > 0 ? "ok" : "not ok", ++told, path, n);
  fflush(stdout);
}

int main(int argc, char **argv) {
  static const char *const kept[] = {"tests/fuzz/findings/", "build/seeds/",
                                     "build/corpus/"};
  const char *name = strrchr(argv[0], '/');
  name = strchr(name != NULL ? name : argv[0], '_');
  CHECK(name != NULL);
  for (int i = 1; i < argc; i++) tell(argv[i], true);
  for (size_t i = 0; argc == 1 && i < sizeof(kept) / sizeof(kept[0]); i++) {
    char path[NAME];
    CHECK(snprintf(path, sizeof(path), "%s%s", kept[i], name + 1) < NAME);
    tell(path, i > 0);
  }
  printf("1..%d\n", told);
  return 0;
}
