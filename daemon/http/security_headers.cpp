#include "http/security_headers.h"

#include <array>

namespace parley {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 7> headers{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
     "form-action 'self'; frame-ancestors 'none'"},
    {"Permissions-Policy",
     "camera=(self), microphone=(self), speaker-selection=(self), display-capture=(self), fullscreen=(self), "
     "autoplay=(self), screen-wake-lock=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"Strict-Transport-Security", "max-age=31536000"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

}  // namespace

std::span<const std::pair<const char*, const char*>> security_headers() {
    return headers;
}

}  // namespace parley
