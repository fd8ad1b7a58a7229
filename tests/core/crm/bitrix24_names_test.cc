#include "core/crm/bitrix24_names.h"

#include "core/base/json.h"

#include "gtest/gtest.h"

namespace recado::crm {
namespace {

using liquid::bitrix24::FromBitrix24;

std::string Written(std::string_view text, std::string_view entity, const Schema& schema = BuiltInSchema()) {
  const auto converted = FromBitrix24(text, Bitrix24Names(schema, entity));
  return HasErrors(converted.diagnostics) ? Dump(converted.diagnostics) : converted.text;
}

struct Row {
  std::string_view entity;
  std::string_view form;
  std::string_view expected;
};

TEST(Bitrix24Names, StandardFieldsByCode) {
  const Row rows[] = {
      {"deal", "{=Document:ID}", "{{ deal.id }}"},
      {"deal", "{=Document:TITLE}", "{{ deal.title }}"},
      {"deal", "{=Document:STAGE_ID}", "{{ deal.stage }}"},
      {"deal", "{=Document:CATEGORY_ID}", "{{ deal.pipeline }}"},
      {"deal", "{=Document:OPPORTUNITY}", "{{ deal.amount }}"},
      {"deal", "{=Document:CLOSEDATE}", R"({{ deal.close_date | datetime: "yMMdd" }})"},
      {"deal", "{=Document:ASSIGNED_BY_PRINTABLE}", "{{ responsible.name }}"},
      {"deal", "{=Document:CONTACT.NAME}", "{{ contact.first_name }}"},
      {"deal", "{=Document:CONTACT.LAST_NAME}", "{{ contact.last_name }}"},
      {"deal", "{=Document:COMPANY.TITLE}", "{{ company.name }}"},
      {"deal", "{=Document:CONTACT.PHONE_PRINTABLE}", R"({{ contact.phones | map: "value" | join: ", " }})"},
      {"deal", "{=Document:CONTACT.EMAIL_WORK}",
       R"({{ contact.emails | where: "type", "work" | map: "value" | join: ", " }})"},
      {"invoice", "{=Document:ACCOUNT_NUMBER}", "{{ invoice.number }}"},
      {"quote", "{=Document:QUOTE_NUMBER} {=Document:STATUS_ID}", "{{ quote.number }} {{ quote.stage }}"},
      {"lead", "{=Document:NAME} {=Document:LAST_NAME}", "{{ lead.first_name }} {{ lead.last_name }}"},
      {"lead", "{=Document:PHONE}", R"({{ lead.phones | map: "value" | join: ", " }})"},
      {"lead", "{=Document:COMPANY_TITLE}", "{{ company.name }}"},
      {"order", "{=Document:PRICE}", "{{ order.amount }}"},
  };
  for (const Row& row : rows) EXPECT_EQ(Written(row.form, row.entity), row.expected) << row.form;
}

TEST(Bitrix24Names, TitlesInFiveLanguages) {
  for (const std::string_view title : {"Amount", "Betrag", "Importe", "Kwota", "Valor"})
    EXPECT_EQ(Written("{{" + std::string(title) + "}}", "deal"), "{{ deal.amount }}");
  for (const std::string_view title : {"Contact: First name", "Kontakt: Vorname", "Contacto: Nombre",
                                       "Kontakt: Imię", "Contato: Nome", "CONTACT:first name"})
    EXPECT_EQ(Written("{{" + std::string(title) + "}}", "deal"), "{{ contact.first_name }}");
  for (const std::string_view title : {"Company: Company name", "Unternehmen: Firmenname", "Compañía: Nombre",
                                       "Firma: Nazwa firmy", "Empresa: Nome da empresa"})
    EXPECT_EQ(Written("{{" + std::string(title) + "}}", "deal"), "{{ company.name }}");
  for (const std::string_view title : {"Contact: Phone (text)", "Kontakt: Telefon (Text)",
                                       "Contacto: Teléfono (texto)", "Kontakt: Telefon (tekst)"})
    EXPECT_EQ(Written("{{" + std::string(title) + "}}", "deal"),
              R"({{ contact.phones | map: "value" | join: ", " }})");
  EXPECT_EQ(Written("{{ deal.title }}", "deal"), "{{ deal.title }}");
}

TEST(Bitrix24Names, FieldsTheEntityHasNotAreUnknown) {
  EXPECT_EQ(Written("{=Document:LAST_NAME}", "deal"),
            "error bitrix24_unknown_field 0..21 1:1 name=LAST_NAME");
  EXPECT_EQ(Written("{=Document:OPORTUNITY}", "deal"),
            "error bitrix24_unknown_field 0..22 1:1 name=OPORTUNITY suggestion=OPPORTUNITY "
            "fix={=Document:OPPORTUNITY}");
  EXPECT_EQ(Written("{=Document:CONTACT.UF_CRM_1}", "deal"),
            "error bitrix24_unknown_field 0..28 1:1 name=CONTACT.UF_CRM_1");
}

TEST(Bitrix24Names, SchemaFieldsByNameAndTitle) {
  const auto json = ParseJson(
      R"({"entities":[{"code":"deal","name":"Negócio","fields":[{"name":"uf_crm_17","type":"date","title":"Entrega"},{"name":"color","type":"text"},{"name":"two words","type":"text","title":"Two"}]},
          {"code":"contact","name":"Contact","fields":[{"name":"nick","type":"text","title":"Apelido"}]}]})");
  ASSERT_TRUE(json.ok());
  Diagnostics remarks;
  const auto schema = ParseSchema(*json, remarks);
  ASSERT_TRUE(schema.ok());
  const std::string date = R"({{ deal.uf_crm_17 | datetime: "yMMdd" }})";
  EXPECT_EQ(Written("{=Document:UF_CRM_17}", "deal", *schema), date);
  EXPECT_EQ(Written("{{entrega}}", "deal", *schema), date);
  EXPECT_EQ(Written("{{Negócio: Entrega}}", "deal", *schema), date);
  EXPECT_EQ(Written("{=Document:UF_CRM_COLOR}", "deal", *schema), "{{ deal.color }}");
  EXPECT_EQ(Written("{{Contato: Apelido}}", "deal", *schema),
            "{{ contact.nick }}");  // the schema's goes first
  // A closed schema knows what it lists and nothing else.
  EXPECT_EQ(Written("{=Document:UF_CRM_18}", "deal", *schema),
            "error bitrix24_unknown_field 0..21 1:1 name=UF_CRM_18 suggestion=uf_crm_17 "
            "fix={=Document:uf_crm_17}");
  EXPECT_EQ(Written("{=Document:OPPORTUNITY}", "deal", *schema).substr(0, 28),
            "error bitrix24_unknown_field");
  EXPECT_EQ(Written("{{Two}}", "deal", *schema).substr(0, 28), "error bitrix24_unknown_field");
}

TEST(Bitrix24Names, UndeclaredCustomFieldOfTheBuiltInSchemaIsAWarning) {
  const auto converted = FromBitrix24("{=Document:UF_CRM_99}", Bitrix24Names(BuiltInSchema(), "deal"));
  EXPECT_EQ(converted.text, "{{ deal.uf_crm_99 }}");
  EXPECT_EQ(Dump(converted.diagnostics), "warning undeclared_field 0..21 1:1 name=deal.uf_crm_99");
}

}  // namespace
}  // namespace recado::crm
