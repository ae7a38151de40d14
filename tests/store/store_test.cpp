#include "store/store.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "support/small_school.h"

using namespace parley;

namespace {

/// Holds the writer inside a job until it is opened, so that a test decides what shares a transaction.
class Gate {
public:
    void open() {
        const std::lock_guard lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock{mutex_};
        entered_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void wait_until_entered() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return entered_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_{false};
    bool entered_{false};
};

/// A write whose answer can be waited for.
template <class F>
auto start(Store& store, F rule) {
    using Value = std::invoke_result_t<F&, Transaction&>;
    auto promise = std::make_shared<std::promise<Result<Value>>>();
    store.write(std::move(rule), [promise](Result<Value> result) { promise->set_value(std::move(result)); });
    return promise->get_future();
}

AuditEntry entry(std::string action) {
    return {std::nullopt, std::move(action), "test:1", Instant{}};
}

auto recording(std::string action) {
    return [action = std::move(action)](Transaction& tx) {
        tx.audit.record(entry(action));
        return Done{};
    };
}

}  // namespace

/// The writer's thread, its groups and savepoints, and reading beside it.
class StoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StoreTest);
    CPPUNIT_TEST(answers_what_the_rule_answers);
    CPPUNIT_TEST(reads_what_was_answered);
    CPPUNIT_TEST(a_rule_that_throws_is_undone_alone);
    CPPUNIT_TEST(a_rule_that_refuses_is_undone_alone);
    CPPUNIT_TEST(B4_one_of_many_claims_for_a_slot_is_heard);
    CPPUNIT_TEST(a_full_queue_says_so_and_goes_on);
    CPPUNIT_TEST(answers_come_through_post);
    CPPUNIT_TEST(what_was_accepted_is_done_before_it_closes);
    CPPUNIT_TEST(a_read_cannot_write);
    CPPUNIT_TEST(a_read_within_a_read_sees_the_same);
    CPPUNIT_TEST(a_read_sees_nothing_that_is_not_committed);
    CPPUNIT_TEST(a_defect_that_breaks_a_constraint_throws);
    CPPUNIT_TEST(rules_may_be_moved_in);
    CPPUNIT_TEST_SUITE_END();

    SmallSchool school_{{.queue = 100, .group = 64}};

public:
    void answers_what_the_rule_answers() {
        CPPUNIT_ASSERT_EQUAL(42, school_.write([](Transaction&) { return 42; }));
        CPPUNIT_ASSERT_EQUAL(42, start(school_.store, [](Transaction&) { return 42; }).get().value());
    }

    void reads_what_was_answered() {
        for (int i = 0; i < 20; ++i) {
            start(school_.store, recording(std::to_string(i))).get().value();
            CPPUNIT_ASSERT_EQUAL(std::to_string(i), school_.audit().back());
        }
    }

    void a_rule_that_throws_is_undone_alone() {
        Gate gate;
        auto blocker = start(school_.store, [&gate](Transaction&) {
            gate.wait();
            return 0;
        });
        gate.wait_until_entered();
        auto before = start(school_.store, recording("before"));
        auto broken = start(school_.store, [](Transaction& tx) -> int {
            tx.audit.record(entry("broken"));
            throw std::runtime_error{"a defect"};
        });
        auto after = start(school_.store, recording("after"));
        gate.open();
        CPPUNIT_ASSERT(blocker.get() && before.get() && after.get());
        CPPUNIT_ASSERT_THROW(broken.get().value(), std::runtime_error);
        CPPUNIT_ASSERT(school_.audit() == (std::vector<std::string>{"before", "after"}));
    }

    void a_rule_that_refuses_is_undone_alone() {
        Gate gate;
        auto blocker = start(school_.store, [&gate](Transaction&) {
            gate.wait();
            return 0;
        });
        gate.wait_until_entered();
        auto refused = start(school_.store, [](Transaction& tx) -> Outcome<Done> {
            tx.audit.record(entry("refused"));
            return Refusal::slot_taken;
        });
        auto after = start(school_.store, recording("after"));
        gate.open();
        CPPUNIT_ASSERT_EQUAL(Refusal::slot_taken, refused.get().value().refusal());
        CPPUNIT_ASSERT(after.get());
        CPPUNIT_ASSERT(school_.audit() == std::vector<std::string>{"after"});
    }

    void B4_one_of_many_claims_for_a_slot_is_heard() {
        std::vector<std::future<Result<Outcome<Appointment>>>> answers;
        std::vector<std::thread> parents;
        std::mutex mutex;
        for (int i = 0; i < 8; ++i) {
            parents.emplace_back([&, i] {
                const auto parent = i % 2 == 0 ? school_.ann : school_.ben;
                const auto student = i % 2 == 0 ? school_.mia : school_.kai;
                auto answer = start(school_.store, [this, parent, student](Transaction& tx) {
                    return book(tx, school_.key, parent, school_.evening,
                                {student, school_.joint, SmallSchool::at(18, 0), ""}, school_.now);
                });
                const std::lock_guard lock{mutex};
                answers.push_back(std::move(answer));
            });
        }
        for (auto& parent : parents) parent.join();
        int seated = 0;
        for (auto& answer : answers) seated += answer.get().value() ? 1 : 0;
        CPPUNIT_ASSERT_EQUAL(1, seated);
    }

    void a_full_queue_says_so_and_goes_on() {
        Gate gate;
        auto blocker = start(school_.store, [&gate](Transaction&) {
            gate.wait();
            return 0;
        });
        gate.wait_until_entered();
        std::vector<std::future<Result<Done>>> answers;
        for (int i = 0; i < 150; ++i) answers.push_back(start(school_.store, recording("waited")));
        gate.open();
        int busy = 0;
        for (auto& answer : answers) {
            auto result = answer.get();
            if (result) continue;
            CPPUNIT_ASSERT_THROW(result.value(), StoreBusy);
            ++busy;
        }
        CPPUNIT_ASSERT_EQUAL(50, busy);
        CPPUNIT_ASSERT(start(school_.store, recording("later")).get());
    }

    void answers_come_through_post() {
        TemporaryFolder folder;
        std::promise<std::function<void()>> posted;
        std::thread::id answered_on;
        Store store{folder.path(), [&posted](auto job) { posted.set_value(std::move(job)); }};
        store.write([](Transaction&) { return 1; }, [&](Result<int>) { answered_on = std::this_thread::get_id(); });
        const auto job = posted.get_future().get();
        CPPUNIT_ASSERT(answered_on == std::thread::id{});
        job();
        CPPUNIT_ASSERT(answered_on == std::this_thread::get_id());
    }

    void what_was_accepted_is_done_before_it_closes() {
        TemporaryFolder folder;
        int answers = 0;
        {
            Store store{folder.path(), [](auto job) { job(); }};
            for (int i = 0; i < 500; ++i)
                store.write(recording("kept"), [&answers](Result<Done> result) { answers += result ? 1 : 0; });
        }
        CPPUNIT_ASSERT_EQUAL(500, answers);
        Store again{folder.path(), [](auto job) { job(); }};
        CPPUNIT_ASSERT_EQUAL(std::size_t{500},
                             again.read([](Transaction& tx) { return tx.audit.newest(1000).size(); }));
    }

    void a_read_cannot_write() {
        CPPUNIT_ASSERT_THROW(school_.read(recording("sneaked in")), StoreError);
        CPPUNIT_ASSERT(school_.audit().empty());
        CPPUNIT_ASSERT(start(school_.store, recording("written")).get());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, school_.audit().size());
    }

    void a_read_within_a_read_sees_the_same() {
        school_.read([&](Transaction& outer) {
            CPPUNIT_ASSERT(outer.audit.newest(10).empty());
            CPPUNIT_ASSERT(start(school_.store, recording("meanwhile")).get());
            CPPUNIT_ASSERT(school_.audit().empty());
            CPPUNIT_ASSERT(outer.audit.newest(10).empty());
            return 0;
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, school_.audit().size());
    }

    void a_read_sees_nothing_that_is_not_committed() {
        Gate gate;
        auto open = start(school_.store, [&gate](Transaction& tx) {
            tx.audit.record(entry("not yet"));
            gate.wait();
            return 0;
        });
        gate.wait_until_entered();
        CPPUNIT_ASSERT(school_.audit().empty());
        gate.open();
        CPPUNIT_ASSERT(open.get());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, school_.audit().size());
    }

    void a_defect_that_breaks_a_constraint_throws() {
        CPPUNIT_ASSERT_THROW(school_.write([&](Transaction& tx) {
            tx.enrolment.add_class({{}, "Crowded", ""}, {school_.maths_teacher, school_.french_teacher,
                                                         school_.sports_teacher, school_.music_teacher});
            return Done{};
        }),
                             ConstraintError);
    }

    void rules_may_be_moved_in() {
        auto word = std::make_unique<std::string>("moved");
        auto rule = [word = std::move(word)](Transaction&) { return *word; };
        std::promise<std::string> answer;
        school_.store.write(std::move(rule),
                            [&answer](Result<std::string> result) { answer.set_value(result.value()); });
        CPPUNIT_ASSERT_EQUAL(std::string{"moved"}, answer.get_future().get());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StoreTest);
