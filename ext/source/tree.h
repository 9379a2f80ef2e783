/*
** The files below one folder, in byte order of their paths.
**
**   CablesTree *tree = cables_tree_new(cables_span("archive/"), ...);
**   CablesFile file;
**   while ((rc = cables_tree_next(tree, &file)) == CABLES_SOURCE_OK) ...
**   cables_tree_free(tree);
*/
#ifndef CABLES_SOURCE_TREE_H
#define CABLES_SOURCE_TREE_H

#include "glob.h"
#include "list.h"
#include "source.h"

typedef struct CablesTree CablesTree;

/* A walk that has not touched the file system yet; NULL when memory is out.
** base: the folder's path with a slash at its end, empty for the working
** folder.  glob: which files come, or NULL for all.  only: the only path that
** comes, or the unknown span.  All of them have to outlive the tree. */
CablesTree *cables_tree_new(CablesSpan base, const CablesGlob *glob,
                            CablesSpan only,
                            const CablesSourceOptions *options);

/* The next file, or folder that could not be read (its path ends in a slash:
** so it stands where its files would).  What file points to is valid until
** the next call. */
CablesSourceResult cables_tree_next(CablesTree *tree, CablesFile *file);

/* Closes every handle; NULL is harmless. */
void cables_tree_free(CablesTree *tree);

#endif
