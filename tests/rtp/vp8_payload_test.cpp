#include "rtp/vp8_payload.h"

#include <cppunit/extensions/HelperMacros.h>

#include "packets.h"

using namespace parley::rtp;

class Vp8PayloadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Vp8PayloadTest);
    CPPUNIT_TEST(key_frame_only_at_its_start);
    CPPUNIT_TEST(reads_short_and_missing_picture_ids);
    CPPUNIT_TEST(refuses_every_cut);
    CPPUNIT_TEST(ids_run_on_over_a_switch_and_wrap);
    CPPUNIT_TEST(late_packet_does_not_move_the_end);
    CPPUNIT_TEST_SUITE_END();

    static std::uint16_t rewritten(Vp8Continuity& run, std::uint16_t id) {
        auto payload = packets::vp8(true, false, id, 9);
        run.rewrite(parse_vp8(payload).value(), payload.data());
        return parse_vp8(payload)->picture_id;
    }

public:
    void key_frame_only_at_its_start() {
        CPPUNIT_ASSERT(parse_vp8(packets::vp8(true, true, 1))->key_frame);
        CPPUNIT_ASSERT(!parse_vp8(packets::vp8(true, false, 1))->key_frame);
        CPPUNIT_ASSERT(!parse_vp8(packets::vp8(false, true, 1))->key_frame);
        packets::Bytes other_partition{0x11, 0x00};
        CPPUNIT_ASSERT(!parse_vp8(other_partition)->start_of_frame);
    }
    void reads_short_and_missing_picture_ids() {
        const auto with = parse_vp8(packets::Bytes{0x90, 0x80, 0x7F, 0x00}).value();
        CPPUNIT_ASSERT(with.picture_id_bits == 7 && with.picture_id == 0x7F && with.key_frame && !with.tl0_at);
        const auto without = parse_vp8(packets::Bytes{0x10, 0x00}).value();
        CPPUNIT_ASSERT(without.picture_id_bits == 0 && without.key_frame);
        const auto all = parse_vp8(packets::Bytes{0x90, 0xF0, 0x81, 0x02, 0x33, 0x20, 0x01}).value();
        CPPUNIT_ASSERT(all.picture_id == 0x102 && all.tl0 == 0x33 && all.start_of_frame && !all.key_frame);
    }
    void refuses_every_cut() {
        const packets::Bytes all{0x90, 0xF0, 0x81, 0x02, 0x33, 0x20, 0x01};
        for (std::size_t size = 0; size < all.size(); ++size) CPPUNIT_ASSERT(!parse_vp8(std::span{all}.first(size)));
    }
    void ids_run_on_over_a_switch_and_wrap() {
        Vp8Continuity run;
        run.start(parse_vp8(packets::vp8(true, true, 0x7FFE)).value());
        const auto first = rewritten(run, 0x7FFE);
        CPPUNIT_ASSERT_EQUAL(first + 3, rewritten(run, 1) + 0);
        run.start(parse_vp8(packets::vp8(true, true, 500)).value());
        CPPUNIT_ASSERT_EQUAL(first + 4, rewritten(run, 500) + 0);
    }
    void late_packet_does_not_move_the_end() {
        Vp8Continuity run;
        run.start(parse_vp8(packets::vp8(true, true, 10)).value());
        const auto first = rewritten(run, 10);
        rewritten(run, 20);
        CPPUNIT_ASSERT_EQUAL(first + 5, rewritten(run, 15) + 0);
        run.start(parse_vp8(packets::vp8(true, true, 3)).value());
        CPPUNIT_ASSERT_EQUAL(first + 11, rewritten(run, 3) + 0);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Vp8PayloadTest);
