/*
** The reference tables cable_posts, cable_countries and cable_tag_codes.
*/
#ifndef CABLES_TABLE_REFERENCE_H
#define CABLES_TABLE_REFERENCE_H

#include "table_static.h"

extern const CablesStatic cables_reference_tables[];
extern const size_t cables_n_reference_tables;

#endif
