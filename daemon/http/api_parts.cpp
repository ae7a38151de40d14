#include "http/api_parts.h"

#include <exception>
#include <string>

#include "store/store_error.h"

namespace parley {

namespace {

Response defect_response() {
    Response response = unavailable_response();
    response.status = 500;
    return response;
}

/// The path's shape, with the numbers and names in it taken out: they are nobody's business in a log.
std::string what_was_asked(const Request& request) {
    std::string text = request.method + ' ';
    for (const char c : request.path.substr(0, 100)) {
        const bool plain = (c >= 'a' && c <= 'z') || c == '/' || c == '-';
        text.push_back(plain ? c : '*');
    }
    return text;
}

}  // namespace

void guarded(ApiParts& parts, const ExchangePtr& exchange, const std::function<void()>& work) {
    try {
        work();
    } catch (const StoreBusy& busy) {
        parts.log.write(Severity::warning, what_was_asked(exchange->request) + ": " + busy.what());
        exchange->answer(unavailable_response());
    } catch (const ConstraintError& defect) {
        parts.log.write(Severity::error, what_was_asked(exchange->request) + ": " + defect.what());
        exchange->answer(defect_response());
    } catch (const StoreError& broken) {
        parts.log.write(Severity::error, what_was_asked(exchange->request) + ": " + broken.what());
        exchange->answer(unavailable_response());
    } catch (const std::exception& defect) {
        parts.log.write(Severity::error, what_was_asked(exchange->request) + ": " + defect.what());
        exchange->answer(defect_response());
    }
}

}  // namespace parley
