#include "peer/loop.h"

#include <glib.h>

namespace parley::peer {
namespace {

struct Call {
    std::function<void()> task;
    bool again{};
};

gboolean run(gpointer data) {
    auto& call = *static_cast<Call*>(data);
    call.task();
    return call.again ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void drop(gpointer data) {
    delete static_cast<Call*>(data);
}

void attach(GSource* source, GMainContext* context, Call call) {
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, run, new Call{std::move(call)}, drop);
    g_source_attach(source, context);
}

}  // namespace

void post(GMainContext* context, std::function<void()> task) {
    GSource* source = g_idle_source_new();
    attach(source, context, {std::move(task)});
    g_source_unref(source);
}

Timer::Timer(GMainContext* context, Kind kind, std::chrono::milliseconds delay, std::function<void()> task)
    : source_{g_timeout_source_new(static_cast<guint>(delay.count()))} {
    attach(source_.get(), context, {std::move(task), kind == Kind::repeating});
}

void Timer::Destroy::operator()(GSource* source) const {
    g_source_destroy(source);
    g_source_unref(source);
}

}  // namespace parley::peer
