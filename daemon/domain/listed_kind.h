#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/import_plan.h"

namespace parley {

/// By what somebody who was entered by hand is known again in a list; empty when there is nothing to know them by.
std::string hand_key(const ListedStudent&);
std::string hand_key(const ListedContact&);
std::string hand_key(const ListedStaff&);
std::string hand_key(const ListedClass&);

/// Whether a list says what the register has already; their places aside.
bool same_record(const ListedStudent&, const ListedStudent&);
bool same_record(const ListedContact&, const ListedContact&);
bool same_record(const ListedStaff&, const ListedStaff&);
bool same_record(const ListedClass&, const ListedClass&);

/// One kind of record of an import: who of a list is in the register already, and whom an id means. The register and
/// the list must outlive it.
template <class Key, class Record>
class ListedKind {
public:
    using Known = Registered<Key, Record>;
    /// Somebody of the register, or somebody whom the list adds, who has no id yet.
    struct Reference {
        std::optional<Key> id;
    };

    ListedKind(const std::vector<Known>& all, const ListOf<Record>& list) : all_{all}, list_{list} {
        for (const auto& one : all) {
            by_id_[one.id] = &one;
            if (!one.record.source_id.empty())
                references_[one.record.source_id] = {one.id};
            else if (!one.left)
                by_hand_[hand_key(one.record)].push_back(one.id);
        }
    }

    /// Fills all but `leaving`.
    void compare(Changes<Key, Record>& changes, std::vector<LineProblem>& problems) {
        for (const auto& record : list_.records) {
            const auto id = find(record);
            const auto* old = id ? by_id_.at(*id) : nullptr;
            references_[record.source_id] = {id};
            if (old != nullptr && !met_.insert(*id).second)
                problems.push_back({record.place, LineFault::repeated, record.source_id});
            else if (old == nullptr)
                changes.added.push_back(record);
            else if (old->left || !same_record(old->record, record))
                changes.changed.push_back({*id, record, false});
            else
                ++changes.unchanged;
        }
    }

    /// Whom the list does not have any more, or names as gone.
    [[nodiscard]] std::vector<const Known*> gone() const {
        const std::set<std::string> named{list_.left.begin(), list_.left.end()};
        std::vector<const Known*> result;
        for (const auto& one : all_) {
            if (one.left || one.record.source_id.empty() || met_.contains(one.id)) continue;
            const bool complete = list_.coverage == Coverage::complete;
            if (complete || named.contains(one.record.source_id)) result.push_back(&one);
        }
        return result;
    }

    /// Whom a source id means; nothing for nobody.
    [[nodiscard]] std::optional<Reference> refer(const std::string& source_id) const {
        const auto found = references_.find(source_id);
        if (found == references_.end()) return std::nullopt;
        return found->second;
    }
    [[nodiscard]] const Known* find(Key id) const {
        const auto found = by_id_.find(id);
        return found == by_id_.end() || found->second->left ? nullptr : found->second;
    }

private:
    /// Of several who were entered by hand and are alike, it cannot be told who is meant.
    std::optional<Key> find(const Record& record) const {
        if (const auto known = refer(record.source_id)) return known->id;
        const auto alike = by_hand_.find(hand_key(record));
        const bool only = alike != by_hand_.end() && !alike->first.empty() && alike->second.size() == 1;
        return only ? std::optional{alike->second.front()} : std::nullopt;
    }

    const std::vector<Known>& all_;
    const ListOf<Record>& list_;
    std::map<Key, const Known*> by_id_;
    std::map<std::string, Reference> references_;
    std::map<std::string, std::vector<Key>> by_hand_;
    std::set<Key> met_;
};

}  // namespace parley
