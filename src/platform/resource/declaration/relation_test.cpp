#include "platform/resource/declaration/relation.hpp"

#include "platform/resource/testing/test_invoices.hpp"
#include "platform/resource/testing/test_refusal.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

struct Leaf {
    Uuid id;
    std::int64_t version = 1;
    Uuid invoice_id;
    std::optional<Uuid> other_id;
    Timestamp created_at, updated_at;
    std::optional<Timestamp> archived_at;
};

/// A child that holds a file.
struct Scan {
    Uuid id;
    std::int64_t version = 1;
    Uuid invoice_id;
    std::optional<File> page;
    Timestamp created_at, updated_at;
};

const Resource& scans() {
    static const Resource resource =
        describe<Scan>({.plural = "scans", .singular = "scan", .schema = "Scan", .table = "{tenant}.scan"})
            .fields(
                field<&Scan::id>, field<&Scan::version>,
                field<&Scan::invoice_id>.refers_to<&Invoice::id>("{tenant}.invoice", "scan_invoice_fkey").create_only(),
                field<&Scan::page>, field<&Scan::created_at>, field<&Scan::updated_at>)
            .orderings("created_at", {by<&Scan::created_at>()})
            .build();
    return resource;
}

/// `parent`: its reference to an invoice, as it is declared.
template <class Parent>
auto leaves(Parent parent) {
    return describe<Leaf>({.plural = "leaves", .singular = "leaf", .schema = "Leaf", .table = "{tenant}.leaf"})
        .fields(field<&Leaf::id>, field<&Leaf::version>, parent, field<&Leaf::other_id>, field<&Leaf::created_at>,
                field<&Leaf::updated_at>, field<&Leaf::archived_at>)
        .orderings("created_at", {by<&Leaf::created_at>()});
}

const Resource& strays() {
    static const Resource resource = leaves(field<&Leaf::invoice_id>).build();
    return resource;
}
const Resource& movable() {
    static const Resource resource =
        leaves(field<&Leaf::invoice_id>.refers_to<&Invoice::id>("{tenant}.invoice", "leaf_invoice_fkey")).build();
    return resource;
}

auto of_lines() {
    return nested<&Line::invoice_id>("lines", lines());
}

TEST(Relations, AreRefusedAtStartWithASentence) {
    EXPECT_EQ(refusal(begin_invoices().nested(nested<&Leaf::invoice_id>("leaves", strays()))),
              "The description of the resource invoices: leaves is reached by leaves.invoice_id, which does not refer "
              "to invoices: write field<…::invoice_id>.refers_to<…>(\"{tenant}.invoice\", constraint).");
    EXPECT_THAT(refusal(leaves(field<&Leaf::invoice_id>).expand<&Leaf::other_id>(customers())),
                EndsWith("write field<…::other_id>.refers_to<…>(\"{tenant}.customer\", constraint)."));
    EXPECT_THAT(refusal(begin_invoices().nested(nested<&Leaf::invoice_id>("leaves", movable()).writable())),
                HasSubstr("write .create_only() on field<…::invoice_id> of leaves"));
    EXPECT_THAT(refusal(begin_invoices().nested(nested<&Scan::invoice_id>("scans", scans()).writable())),
                HasSubstr("page of scans is a file, which is taken up by a write of its own"));
    EXPECT_EQ(refusal(begin_invoices().nested(nested<&Scan::invoice_id>("scans", scans()))), "");
    EXPECT_THAT(refusal(begin_invoices().nested(of_lines()).nested(of_lines())),
                HasSubstr("lines stands twice in the answer"));
    EXPECT_THAT(refusal(begin_invoices().nested(nested<&Line::invoice_id>("code", lines()))),
                HasSubstr("code stands twice in the answer"));
    EXPECT_THAT(refusal(begin_invoices().nested(nested<&Line::invoice_id>("", lines()))),
                HasSubstr("a nested list needs a name"));
    EXPECT_THAT(refusal(begin_invoices().nested(of_lines().most(0))), HasSubstr("write .most(100)"));
    EXPECT_THAT(refusal(begin_invoices().nested(of_lines().ordered(asc<&Remark::created_at>(), asc<&Invoice::code>()))),
                HasSubstr("lines is ordered by code, which is no member of what is nested"));
    EXPECT_THAT(refusal(begin_invoices().expand<&Invoice::customer_id>(customers()).expand_depth(4)),
                HasSubstr("write .expand_depth(2)"));
    EXPECT_THAT(refusal(begin_invoices().nested(of_lines()).bulk({.archive = false})),
                HasSubstr("write .on_demand() on the nested list lines"));
    EXPECT_THAT(refusal(begin_invoices().nested(of_lines().on_demand().writable()).bulk({.archive = false})),
                HasSubstr("bulk writes objects without their children"));
    EXPECT_EQ(refusal(begin_invoices().nested(of_lines().on_demand()).bulk({.archive = false})), "");
}

}  // namespace
}  // namespace terrace::resource::testing
