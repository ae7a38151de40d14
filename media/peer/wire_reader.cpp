#include "peer/wire_reader.h"

#include <glib.h>

#include <future>

#include "peer/loop.h"

namespace parley::peer {

WireReader::WireReader()
    : context_{g_main_context_new()}, thread_{[this](const std::stop_token& stop) {
          while (!stop.stop_requested()) g_main_context_iteration(context_, TRUE);
      }} {}

WireReader::~WireReader() {
    thread_.request_stop();
    g_main_context_wakeup(context_);
    thread_.join();
    g_main_context_unref(context_);
}

void WireReader::run(const std::function<void()>& task) {
    std::promise<void> done;
    post(context_, [&] {
        task();
        done.set_value();
    });
    done.get_future().wait();
}

}  // namespace parley::peer
