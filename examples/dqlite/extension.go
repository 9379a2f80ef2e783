package main

/*
#cgo pkg-config: sqlite3
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdlib.h>

// Makes every connection of this process get the extension without files.
// NULL, or what went wrong.
static const char *register_cables(const char *path) {
  void *library = dlopen(path, RTLD_NOW);
  if (library == NULL) return dlerror();
  void *entry = dlsym(library, "sqlite3_cables_nofs_init");
  if (entry == NULL) return dlerror();
  if (sqlite3_auto_extension((void (*)(void))entry) != SQLITE_OK)
    return "SQLite takes no extension";
  return NULL;
}
*/
import "C"

import (
	"errors"
	"unsafe"
)

// registerCables gives each connection that this process opens the functions
// of the extension in the file path, all but those that read files.
func registerCables(path string) error {
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	if message := C.register_cables(name); message != nil {
		return errors.New(C.GoString(message))
	}
	return nil
}
