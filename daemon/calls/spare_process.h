#pragma once
#include <functional>
#include <memory>
#include <string>

#include "base/log.h"
#include "calls/call_process.h"

namespace parley {

/// Keeps one parley-call process warm, so that whoever joins first does not wait for one to start. One that dies is
/// replaced, after a pause that doubles from a quarter of a second to ten seconds as long as none is of use. Loop
/// thread only.
class SpareProcess {
public:
    /// `ready` is called whenever one can be taken. Throws std::system_error that names `program` when it cannot be
    /// started at all.
    SpareProcess(boost::asio::io_context&, Undertaker&, Log&, std::string program, std::function<void()> ready);
    ~SpareProcess();
    SpareProcess(const SpareProcess&) = delete;
    SpareProcess& operator=(const SpareProcess&) = delete;

    /// The warm process, or nothing; the next one is started.
    std::unique_ptr<CallProcess> take();
    [[nodiscard]] bool ready() const;
    /// 0 while there is none.
    [[nodiscard]] int pid() const;

private:
    class Nursery;
    std::shared_ptr<Nursery> nursery_;
};

}  // namespace parley
