#pragma once
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "calls/child.h"

namespace boost::asio {
class io_context;
}

namespace parley {

/// Sees children to their end, so that none is left as a zombie: waits for it, kills the one that takes longer than
/// `grace`, reaps it. Loop thread only.
class Undertaker {
public:
    static constexpr int grace_seconds = 3;
    static constexpr int killed_seconds = 5;  ///< more than a killed process needs to be gone, on a busy machine too
    enum class How { kindly, at_once };

    explicit Undertaker(boost::asio::io_context&);
    /// Waits for those who are left, `grace` for all together, kills the rest and waits for them. Their `gone` is not
    /// called.
    ~Undertaker();
    Undertaker(const Undertaker&) = delete;
    Undertaker& operator=(const Undertaker&) = delete;

    /// Called on the loop once the child is reaped, with how it ended (see `reap`); its ports are free by then.
    using Gone = std::function<void(const std::string& how)>;

    /// The child's line is closed already: that is what tells it to end.
    void bury(Child, How, Gone);
    [[nodiscard]] std::size_t waiting() const { return graves_.size(); }

private:
    struct Grave;
    void watch(const std::shared_ptr<Grave>&);
    void look(const std::shared_ptr<Grave>&);
    void wait_for_all(int at_most_seconds) const;

    boost::asio::io_context& io_;
    std::list<std::shared_ptr<Grave>> graves_;
};

}  // namespace parley
