#include "http/server_exchange.h"

#include <microhttpd.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <variant>

#include "http/api_exchange.h"
#include "http/body_budget.h"
#include "http/mhd_response.h"
#include "http/request_reader.h"
#include "http/static_files.h"

namespace parley {

namespace {

/// How much of a body that is too large is read away, so that the sender hears the answer instead of a broken
/// connection.
constexpr std::size_t patience_for_surplus = std::size_t{16} << 20U;
constexpr std::size_t stream_block = 8192;

bool is_api(const std::string& path) {
    return path.starts_with("/api/");
}

Response too_large() {
    auto response = refusal_response(Refusal::request_invalid, {}, "What was sent is too large. Nothing was changed.");
    response.status = 413;
    return response;
}

}  // namespace

ServerExchange::ServerExchange(const ServerParts& parts, MHD_Connection* connection,
                               ConnectionWatch::Connection& watched, const char* uri)
    // libmicrohttpd hands the decoded path on as a C string: what follows a %00 would silently be lost.
    : parts_{parts}, connection_{connection}, watched_{watched}, bad_uri_{std::strstr(uri, "%00") != nullptr} {}

ServerExchange::~ServerExchange() {
    watched_.on_gone = nullptr;
    release_body();
    if (stream_) stream_->closed();
}

bool ServerExchange::proceed(const char* method, const char* path, const char* data, std::size_t* size) {
    switch (stage_) {
        case Stage::head:
            request_ = read_request_head(connection_, method, path);
            stage_ = Stage::body;
            return true;
        case Stage::body: {
            const auto count = std::exchange(*size, 0);
            return count > 0 ? take(data, count) : dispatch();
        }
        case Stage::handling: return answer_ && send_answer();
        case Stage::answered: return true;
    }
    return false;
}

bool ServerExchange::take(const char* data, std::size_t size) {
    const std::size_t wanted = request_.body.size() + size;
    if (discarded_ == 0 && wanted <= parts_.max_body && hold(wanted)) {
        request_.body.append(data, size);
        return true;
    }
    discarded_ += std::exchange(request_.body, {}).size() + size;
    release_body();
    return discarded_ <= patience_for_surplus;
}

bool ServerExchange::hold(std::size_t body_size) {
    const std::size_t counted = body_size - std::min(body_size, parts_.small_body);
    crowded_ = !parts_.bodies.take(counted - held_);
    if (!crowded_) held_ = counted;
    return !crowded_;
}

void ServerExchange::release_body() {
    parts_.bodies.give_back(std::exchange(held_, 0));
}

bool ServerExchange::dispatch() {
    stage_ = Stage::handling;
    ConnectionWatch::waits(watched_);
    if (discarded_ > 0) return send(crowded_ ? unavailable_response() : too_large());
    if (bad_uri_) return send(refusal_response(Refusal::request_invalid));
    if (!is_api(request_.path)) return send_file();
    parts_.handler.handle(std::move(request_), [weak = weak_from_this()](Answer answer) {
        if (const auto self = weak.lock()) {
            self->answer_ = std::move(answer);
            self->resume();
        } else if (const auto* stream = std::get_if<std::shared_ptr<EventSource>>(&answer)) {
            (*stream)->closed();
        }
    });
    if (answer_) return send_answer();
    suspend();
    return true;
}

bool ServerExchange::send_answer() {
    Answer answer = *std::exchange(answer_, std::nullopt);
    if (auto* stream = std::get_if<std::shared_ptr<EventSource>>(&answer)) return send_stream(std::move(*stream));
    return send(std::get<Response>(std::move(answer)));
}

bool ServerExchange::send(Response response) {
    auto body = std::make_shared<const std::string>(std::move(response.body));
    return queue(response.status, make_response(response.headers, std::move(body)).get());
}

bool ServerExchange::send_file() {
    auto file =
        parts_.files.answer({request_.method, request_.path, header_of(connection_, MHD_HTTP_HEADER_ACCEPT_ENCODING),
                             header_of(connection_, MHD_HTTP_HEADER_IF_NONE_MATCH)});
    return queue(file.status, make_response(file.headers, std::move(file.body)).get());
}

bool ServerExchange::send_stream(std::shared_ptr<EventSource> source) {
    stream_ = std::move(source);
    stream_->on_ready([this] {
        parts_.watch.sends_by(watched_);
        resume();
    });
    const MhdResponse response{
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, stream_block, &read_stream, this, nullptr)};
    add_headers(response.get(), {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}});
    return queue(200, response.get());
}

bool ServerExchange::queue(int status, MHD_Response* response) {
    stage_ = Stage::answered;
    release_body();
    parts_.watch.sends(watched_);
    return MHD_queue_response(connection_, static_cast<unsigned>(status), response) == MHD_YES;
}

ssize_t ServerExchange::read_stream(void* exchange, std::uint64_t, char* buffer, std::size_t max) {
    return static_cast<ServerExchange*>(exchange)->read_stream(buffer, max);
}

ssize_t ServerExchange::read_stream(char* buffer, std::size_t max) {
    if (gone_) return MHD_CONTENT_READER_END_WITH_ERROR;
    const auto bytes = stream_->take(max);
    if (!bytes.empty()) return static_cast<ssize_t>(bytes.copy(buffer, max));
    if (stream_->ended()) return MHD_CONTENT_READER_END_OF_STREAM;
    ConnectionWatch::waits(watched_);
    suspend();
    return 0;
}

void ServerExchange::suspend() {
    suspended_ = true;
    watched_.on_gone = [this] {
        gone_ = true;
        resume();
    };
    MHD_suspend_connection(connection_);
}

void ServerExchange::resume() {
    if (!std::exchange(suspended_, false)) return;
    watched_.on_gone = nullptr;
    MHD_resume_connection(connection_);
    parts_.resumed();
}

}  // namespace parley
