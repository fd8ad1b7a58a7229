// Rows: what the store keeps, as plain values, one header a subject.
//
// Documents (rules, settings, snapshots, messages) are JSON texts here: the store keeps them, it never reads
// meaning into them. Every struct is a copy that belongs to whoever holds it; changing one changes nothing on
// disk.
#pragma once

#include "core/base/json.h"
#include "native/store/rows/changes.h"
#include "native/store/rows/customers.h"
#include "native/store/rows/deliveries.h"
#include "native/store/rows/events.h"
#include "native/store/rows/files.h"
#include "native/store/rows/imports.h"
#include "native/store/rows/incoming.h"
#include "native/store/rows/news.h"
#include "native/store/rows/people.h"
#include "native/store/rows/records.h"
#include "native/store/rows/settings.h"
#include "native/store/rows/sources.h"
#include "native/store/rows/suppressions.h"
