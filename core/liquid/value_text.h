// How values compare and print where no language is involved; without recursion, as data may be nested.
#pragma once

#include <string>

#include "core/liquid/value.h"

namespace recado::liquid {

// Liquid's ==: numbers by value, texts byte by byte, lists item by item, objects member by member in any
// order, money by amount and currency. `blank` and `empty` are the caller's business.
bool Equals(const Value& left, const Value& right);

// As Ruby's inspect: {"a"=>1, "b"=>nil}. What an object prints as.
void AppendInspected(std::string& out, const Value& value);

}  // namespace recado::liquid
