// A tolerant scanner of e-mail html in which Liquid tags still stand.
//
// It finds tags with their attributes and the stretches of text between them, as a mail program would see
// them, without building a tree and without ever failing: what is no tag is text. Liquid's own parts are
// opaque wherever they stand, so <a href="{{ link | append: "x>y" }}"> is one tag. Comments, and what stands
// inside script and style, are neither tags nor text.
//
//   HtmlScanner scanner(html);
//   while (scanner.Next()) {
//     if (scanner.is_text()) … scanner.text()
//     else if (scanner.name() == "img" && scanner.Find("alt") == nullptr) …
//   }
//
// Borrows the html. Linear: no byte is looked at more than a few times. At most kMaxHtmlAttributes attributes
// of a tag are kept. For one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace recado::rule {

class HtmlScanner {
 public:
  struct Attribute {
    std::string name;        // lower case
    std::string_view value;  // as it stands, without its quotes; entities are not resolved
  };

  explicit HtmlScanner(std::string_view html) : html_(html) {}

  // The next piece; false at the end. What the accessors give holds until the next call.
  bool Next();

  bool is_text() const { return is_text_; }
  std::string_view text() const { return whole_; }
  // Of a tag: "img"; closing tags have a slash before it ("/a").
  const std::string& name() const { return name_; }
  std::string_view whole() const { return whole_; }  // "<img src=…>"
  const std::vector<Attribute>& attributes() const { return attributes_; }
  const Attribute* Find(std::string_view name) const;  // null: no such attribute
  // Where a piece of the html stands in it.
  size_t OffsetOf(std::string_view piece) const { return static_cast<size_t>(piece.data() - html_.data()); }

 private:
  bool StartsTag(size_t at) const;
  size_t SkipLiquid(size_t at) const;
  void ReadTag();
  bool ReadAttribute();
  void SkipSpace();
  bool SkipComment();
  void SkipRaw();

  std::string_view html_;
  size_t at_ = 0;
  bool is_text_ = false;
  std::string name_;
  std::string_view whole_;
  std::vector<Attribute> attributes_;
  // From here on there is no more "}}", "%}", "-->": looked for once, so that a row of openings stays linear.
  mutable size_t no_output_end_ = std::string_view::npos;
  mutable size_t no_tag_end_ = std::string_view::npos;
  bool no_comment_end_ = false;
};

// The stretches of a template that are printed as they stand, Liquid's own parts taken out; each call gives
// the next one, false at the end. `{% raw %}` and `{% comment %}` blocks are passed over.
class LiteralScanner {
 public:
  explicit LiteralScanner(std::string_view source) : source_(source) {}
  bool Next(std::string_view& literal);

 private:
  std::string_view source_;
  size_t at_ = 0;
};

}  // namespace recado::rule
