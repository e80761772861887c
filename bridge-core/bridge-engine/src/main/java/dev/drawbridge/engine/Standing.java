package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Choices.Edits;
import dev.drawbridge.model.Choices.LongPosts;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Decision;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Preferences.Preference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a person stands with the bridge, for themselves to read: everything that is so, and why.
final class Standing {
    private static final int MOST_PENDING = 10;

    private final Ports ports;
    private final Resolver resolver;
    private final FollowGraph followGraph;
    private final ConsentPolicy policy;
    private final Gates gates;
    private final InstantSource clock;

    Standing(Ports ports, Resolver resolver, FollowGraph followGraph, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.resolver = resolver;
        this.followGraph = followGraph;
        this.policy = terms.policy();
        this.gates = terms.gates();
        this.clock = clock;
    }

    /// @param networks those that can be asked for
    List<Notice> of(NativeId person, List<Network> networks) {
        Optional<Profile> profile = resolver.profile(person);
        List<Notice> lines = new ArrayList<>();
        networks.forEach(target -> lines.add(on(target, person, profile)));
        if (ports.consents().of(person).stream().anyMatch(Consent::given)) {
            Preference preference = ports.preferences().of(person);
            lines.add(Notice.of(preference.unlisted() ? NoticeKey.UNLISTED_ON : NoticeKey.UNLISTED_OFF));
            preference
                    .choices()
                    .longPosts()
                    .map(how -> how == LongPosts.THREAD ? NoticeKey.THREADS_ON : NoticeKey.THREADS_OFF)
                    .ifPresent(key -> lines.add(Notice.of(key)));
            preference
                    .choices()
                    .edits()
                    .map(how -> how == Edits.REPLACE ? NoticeKey.REPLACE_ON : NoticeKey.REPLACE_OFF)
                    .ifPresent(key -> lines.add(Notice.of(key)));
            lines.add(Notice.of(preference.notices() ? NoticeKey.NOTICES_ON : NoticeKey.NOTICES_OFF));
        }
        ports.follows()
                .pending(person, MOST_PENDING)
                .forEach(edge ->
                        lines.add(Notice.of(NoticeKey.PENDING, Notice.plain(followGraph.handle(edge.follower())))));
        return lines;
    }

    private Notice on(Network target, NativeId person, Optional<Profile> profile) {
        Optional<Consent> consent = ports.consents().find(person, target);
        Decision decision =
                policy.decide(new ConsentPolicy.Question(consent, target, profile, Optional.empty(), false));
        Optional<Reason> gate = consent.filter(Consent::given).isPresent()
                ? Optional.of(Reason.DENIED_BY_OPERATOR).filter(_ -> gates.denies(person, profile))
                : gates.objection(person, profile, clock.instant());
        boolean refused = decision instanceof Decision.Deny(Reason reason) && reason != Reason.LEFT;
        if (gate.isPresent() && !refused) {
            return not(target, gate.get());
        }
        return switch (decision) {
            case Decision.Allow _ ->
                ports.identities()
                        .find(person, target)
                        .filter(Ghost::active)
                        .map(ghost -> Notice.of(NoticeKey.SHOWN, Notice.where(target), Notice.plain(ghost.handle())))
                        .orElseGet(() -> Notice.of(NoticeKey.COMING, Notice.where(target)));
            case Decision.Deny(Reason reason)
            when reason == Reason.LEFT -> Notice.of(NoticeKey.LEFT, Notice.where(target));
            case Decision.Deny(Reason reason) -> not(target, reason);
            case Decision.Ask(Reason reason) -> not(target, reason);
        };
    }

    private static Notice not(Network target, Reason reason) {
        return Notice.of(NoticeKey.NOT_CARRIED, Notice.where(target), Notice.why(reason, target));
    }
}
