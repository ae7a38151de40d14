#include "http/https_house.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <stdexcept>

namespace parley {

void HandFedStream::push(const std::string& text) {
    waiting_ += text;
    wake();
}

void HandFedStream::end() {
    ending_ = true;
    wake();
}

void HandFedStream::wake() const {
    if (wake_) wake_();
}

std::string HandFedStream::take(std::size_t max) {
    auto taken = waiting_.substr(taken_, max);
    taken_ += taken.size();
    if (taken_ == waiting_.size()) {
        waiting_.clear();
        taken_ = 0;
    }
    return taken;
}

void HandFedStream::closed() {
    wake_ = nullptr;
    const std::lock_guard lock{mutex_};
    if (closed_) throw std::logic_error("a stream was closed twice");
    closed_ = true;
    changed_.notify_all();
}

void HandFedStream::wait_closed() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return closed_; });
}

HttpsHouse::HttpsHouse(Handler handler, const std::function<void(ServerSettings&)>& change)
    : handler_{std::move(handler)} {
    std::signal(SIGPIPE, SIG_IGN);
    make_certificate("box");
    std::filesystem::create_directories(path("web/assets"));
    write("web/index.html", "<!doctype html><title>Parley</title>");
    write("web/index.html.br", "as brotli");
    write("web/index.html.gz", "as gzip");
    write("web/parley.svg", "<svg/>");
    write("web/assets/index-abc.js", std::string(300'000, 'x'));
    settings_.port = 0;
    settings_.certificate_file = path("box.pem");
    settings_.key_file = path("box.key");
    settings_.web_root = path("web");
    if (change) change(settings_);
    server_ = std::make_unique<Server>(loop_, settings_, *this);
    port_ = server_->port();
    thread_ = std::thread{[this] {
        const auto work = boost::asio::make_work_guard(loop_);
        loop_.run();
    }};
}

HttpsHouse::~HttpsHouse() {
    on_loop([this] { server_.reset(); });
    loop_.stop();
    thread_.join();
}

void HttpsHouse::echo(Request request, std::function<void(Answer)> reply) {
    reply(Response{200, {{"Content-Type", "text/plain"}}, request.method + ' ' + request.path + ' ' + request.body});
}

void HttpsHouse::make_certificate(const std::string& name) const {
    const auto command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=" + name +
        " -keyout " + path(name + ".key") + " -out " + path(name + ".pem") + " 2>&-";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl makes no certificate");
}

void HttpsHouse::write(const std::string& name, const std::string& text) const {
    std::ofstream{path(name)} << text;
}

void HttpsHouse::on_loop(const std::function<void()>& work) {
    std::promise<void> done;
    boost::asio::post(loop_, [&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

}  // namespace parley
