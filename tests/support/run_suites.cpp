// Runs one suite (its class's name as the argument) or all of them. Fails when the named suite does not exist or has no
// test: a test that cannot fail is a defect.
#include <cppunit/CompilerOutputter.h>
#include <cppunit/Test.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/BriefTestProgressListener.h>
#include <cppunit/extensions/TestFactoryRegistry.h>

#include <iostream>
#include <memory>
#include <string>

namespace {

CppUnit::Test* find_suite(CppUnit::Test* root, const std::string& name) {
    for (int i = 0; i < root->getChildTestCount(); ++i) {
        if (root->getChildTestAt(i)->getName() == name) return root->getChildTestAt(i);
    }
    return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
    const std::unique_ptr<CppUnit::Test> all{CppUnit::TestFactoryRegistry::getRegistry().makeTest()};
    CppUnit::Test* chosen = argc > 1 ? find_suite(all.get(), argv[1]) : all.get();
    if (chosen == nullptr || chosen->countTestCases() == 0) {
        std::cerr << "no test suite is named " << (argc > 1 ? argv[1] : "(any)") << '\n';
        return 2;
    }
    CppUnit::TestResult controller;
    CppUnit::TestResultCollector collector;
    CppUnit::BriefTestProgressListener progress;
    controller.addListener(&collector);
    controller.addListener(&progress);
    chosen->run(&controller);
    CppUnit::CompilerOutputter{&collector, std::cerr}.write();
    return collector.wasSuccessful() ? 0 : 1;
}
