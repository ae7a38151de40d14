#include "calls/line_socket.h"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "media/protocol.h"

namespace parley {

/// Lives as long as an operation is under way; after `close` nobody is told anything.
class LineSocket::Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(boost::asio::io_context& io, FileDescriptor fd, Events events)
        : socket_{io, boost::asio::local::stream_protocol{}, fd.release()}, events_{std::move(events)} {}

    void read() {
        socket_.async_read_some(boost::asio::buffer(chunk_),
                                [self = shared_from_this()](const auto& error, std::size_t size) {
                                    if (error) return self->end("it closed its line");
                                    self->received_.append(self->chunk_.data(), size);
                                    if (self->take_lines()) self->read();
                                });
    }

    void send(std::string_view line) {
        if (closed_) return;
        unsent_ += line;
        if (unsent_.size() > most_unsent) {
            return boost::asio::post(socket_.get_executor(),
                                     [self = shared_from_this()] { self->end("it does not read its line"); });
        }
        if (sending_.empty()) write();
    }

    void close() {
        closed_ = true;
        boost::system::error_code ignored;
        socket_.close(ignored);
    }

private:
    bool take_lines() {
        std::size_t start = 0;
        for (auto end = received_.find('\n'); end != std::string::npos; end = received_.find('\n', start)) {
            const bool sense = events_.line(std::string_view{received_}.substr(start, end - start));
            if (closed_) return false;
            if (!sense) return end_false("it said what is no message");
            start = end + 1;
        }
        received_.erase(0, start);
        return received_.size() <= media::longest_line || end_false("its line is too long");
    }

    void write() {
        sending_.swap(unsent_);
        boost::asio::async_write(socket_, boost::asio::buffer(sending_),
                                 [self = shared_from_this()](const auto& error, std::size_t) {
                                     self->sending_.clear();
                                     if (error) return self->end("its line broke");
                                     if (!self->unsent_.empty()) self->write();
                                 });
    }

    bool end_false(const char* why) {
        end(why);
        return false;
    }
    void end(const char* why) {
        if (closed_) return;
        close();
        events_.ended(why);
    }

    boost::asio::local::stream_protocol::socket socket_;
    Events events_;
    std::array<char, 16384> chunk_{};
    std::string received_;
    std::string sending_;
    std::string unsent_;
    bool closed_{false};
};

LineSocket::LineSocket(boost::asio::io_context& io, FileDescriptor fd, Events events)
    : connection_{std::make_shared<Connection>(io, std::move(fd), std::move(events))} {
    connection_->read();
}

LineSocket::~LineSocket() {
    connection_->close();
}

void LineSocket::send(std::string_view line) {
    connection_->send(line);
}

}  // namespace parley
