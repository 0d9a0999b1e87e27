#include "platform/testing/data_layer.hpp"

#include "platform/testing/run.hpp"

#include <utility>

namespace terrace::testing {

DataLayer& DataLayer::shared() {
    TestDatabase::instance();  // before this, so that it is dropped after it
    static DataLayer layer;
    return layer;
}

DataLayer::DataLayer(db::DatabaseOptions options) : database_(loop_.get_executor(), std::move(options)) {}

DataLayer::~DataLayer() {
    database_.close();
    loop_.restart();
    loop_.run();
}

void DataLayer::settle() {
    if (!run_until(loop_, [] { return under_way() == 0; })) ADD_FAILURE() << "what the test started goes on";
    loop_.restart();
    loop_.poll();  // what was left for the loop to do beside it
    database_.on_moved({});
    database_.on_read({});
}

}  // namespace terrace::testing
