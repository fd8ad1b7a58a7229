// Working time: shifting a moment into the hours of a calendar (formats §1, `business_hours`).
#pragma once

#include "core/base/instant.h"
#include "core/crm/snapshot.h"
#include "core/crm/workspace.h"

namespace recado::plan {

enum class Shift : uint8_t { kForwards, kBackwards };

// The nearest moment of working time at or after `moment` (kForwards), or at or before it (kBackwards; then
// closing time itself still counts). A moment inside stays as it is. A calendar without any working time in
// ten years shifts nothing.
Instant ShiftToWork(Instant moment, const crm::Calendar& calendar, Shift shift);

// Out of the absences: to the end of the one `moment` lies in, or to its beginning.
Instant ShiftOutOfAbsences(Instant moment, const crm::Responsible& responsible, Shift shift);

}  // namespace recado::plan
