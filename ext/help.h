/*
** The table cables_help: every table, column, function and setting, with an
** example that runs.
*/
#ifndef CABLES_HELP_H
#define CABLES_HELP_H

#include "table_static.h"

/* Of the whole extension, and of the part that reads no file. */
extern const CablesStatic cables_help;
extern const CablesStatic cables_help_nofs;

#endif
