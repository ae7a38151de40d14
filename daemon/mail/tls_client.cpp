#include "mail/tls_client.h"

#include <Poco/Net/NetSSL.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <mutex>
#include <stdexcept>

namespace parley {

namespace {

using Poco::Net::Context;

void expect_host(Context& context, const std::string& host) {
    X509_VERIFY_PARAM* expected = SSL_CTX_get0_param(context.sslContext());
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1) return;
    if (X509_VERIFY_PARAM_set1_host(expected, host.c_str(), 0) != 1)
        throw std::runtime_error{"no host can be expected"};
}

}  // namespace

Context::Ptr make_tls_client(const SmtpSettings& settings) {
    static std::once_flag once;
    std::call_once(once, [] { Poco::Net::initializeSSL(); });
    Context::Params params;
    params.verificationMode = settings.verify_certificate ? Context::VERIFY_STRICT : Context::VERIFY_NONE;
    params.caLocation = settings.ca_file.string();
    params.loadDefaultCAs = settings.ca_file.empty();
    params.cipherList = "HIGH:!aNULL:!eNULL:!MD5:!3DES";
    Context::Ptr context{new Context{Context::TLS_CLIENT_USE, params}};
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(false);
    if (settings.verify_certificate) expect_host(*context, settings.host);
    return context;
}

}  // namespace parley
