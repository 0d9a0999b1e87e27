#include "platform/resource/testing/test_invoices.hpp"

#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;

class UnknownPermissions : public InvoiceTest {
  protected:
    /// The sentence with which a start ends where everything but `missing` is registered; empty when it goes on.
    std::string refusal_without(std::string_view missing) {
        access::Catalogue catalogue;
        for (const std::string& name : all_of_invoices)
            if (name != missing) catalogue.add_permission({name, "For a test"});
        api::Api api{.catalogue = &catalogue};
        try {
            add(resource, parts, api);
        } catch (const std::logic_error& error) {
            return error.what();
        }
        return "";
    }
};

TEST_F(UnknownPermissions, OfANestedListEndTheStart) {
    EXPECT_EQ(refusal_without(""), "");
    EXPECT_EQ(refusal_without("lines.read"),
              "The description of the resource invoices: lines is read with lines.read, which nobody holds, because it "
              "is not registered: write catalogue.add_permission({\"lines.read\", \"…\"}) in the product's "
              "permissions.");
    EXPECT_THAT(refusal_without("lines.archive"), HasSubstr("lines is written with lines.archive"));
    EXPECT_THAT(refusal_without("remarks.read"), HasSubstr("remarks is read with remarks.read"));
    EXPECT_THAT(refusal_without("customers.read"), HasSubstr("customer is read with customers.read"));
}

TEST_F(UnknownPermissions, OfWhatLiesWithinEndTheStart) {
    EXPECT_THAT(refusal_without("lines.see_cost"), HasSubstr("resource lines: cost is visible to lines.see_cost"));
    EXPECT_THAT(refusal_without("cities.read"), HasSubstr("resource customers: city is read with cities.read"));
}

TEST_F(UnknownPermissions, OfWritesThatAreNeverDoneAreNotAskedFor) {
    const Resource read_only =
        described_invoices({.create = OnChild::ignore, .update = OnChild::refuse, .remove = OnChild::ignore}).build();
    access::Catalogue catalogue;
    for (const std::string& name : all_of_invoices)
        if (!name.starts_with("lines.") || name == "lines.read" || name == "lines.see_cost")
            catalogue.add_permission({name, "For a test"});
    api::Api api{.catalogue = &catalogue};
    EXPECT_NO_THROW(add(read_only, parts, api));
}

}  // namespace
}  // namespace terrace::resource::testing
