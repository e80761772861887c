package dev.drawbridge.console;

import java.util.List;
import java.util.Optional;

/// What `/api/v1/lookup` answers.
///
/// @param outcome `people`, `nobody`, `silent`, `unreadable`, `too-long`, `secret` or `busy`
/// @param silent networks that did not answer
record LookupJson(String outcome, List<Person> people, List<String> silent) {
    record Person(
            String network,
            String id,
            String handle,
            String name,
            Optional<String> page,
            boolean bot,
            boolean carried,
            List<Place> places) {}

    /// @param code why they are not carried there, for programs; empty if they are
    /// @param reason the same as a sentence
    record Place(
            String network,
            boolean carried,
            boolean mirror,
            String code,
            String reason,
            Optional<String> handle,
            Optional<String> id,
            Optional<String> page) {}

    static LookupJson of(LookupController.Found found) {
        return new LookupJson(
                found.outcome(),
                found.people().stream().map(LookupJson::person).toList(),
                found.silent().stream().map(Shore::css).toList());
    }

    static Person person(PersonView p) {
        return new Person(
                p.network(),
                p.id(),
                p.handle(),
                p.name(),
                p.page(),
                p.bot(),
                p.carried(),
                p.places().stream()
                        .map(w -> new Place(
                                w.network(), w.carried(), w.mirror(), w.code(), w.why(), w.handle(), w.id(), w.page()))
                        .toList());
    }
}
