#include "core/liquid/check.h"
namespace recado::liquid {
Diagnostics Check(const Template&, const Type&, const CheckOptions&) { return {}; }
}
