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
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Preferences.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a person stands with the bridge, for themselves to read: everything that is so, and why.
final class Standing {
    private static final int MOST_PENDING = 10;

    private final Ports ports;
    private final Resolver resolver;
    private final FollowGraph followGraph;
    private final Rulings rulings;
    private final Floodgate floodgate;
    private final Objections objections;

    Standing(
            Ports ports,
            Resolver resolver,
            FollowGraph followGraph,
            Rulings rulings,
            Floodgate floodgate,
            Objections objections) {
        this.ports = ports;
        this.resolver = resolver;
        this.followGraph = followGraph;
        this.rulings = rulings;
        this.floodgate = floodgate;
        this.objections = objections;
    }

    /// @param networks those that can be asked for
    List<Notice> of(NativeId person, List<Network> networks) {
        Optional<Profile> profile = resolver.profile(person);
        List<Notice> lines = new ArrayList<>();
        networks.forEach(target -> lines.add(on(target, person, profile)));
        rulings.on(person)
                .filter(rule -> !rule.reason().isBlank())
                .ifPresent(rule -> lines.add(Notice.of(NoticeKey.WHY, Notice.plain(rule.reason()))));
        floodgate.standing(person).ifPresent(lines::add);
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
        ports.digests().find(person).ifPresent(wish -> lines.add(Unheard.standing(wish.rhythm())));
        long awaited = Awaited.count(ports.follows(), person);
        if (awaited > 0) {
            lines.add(Notice.of(NoticeKey.WAITING, Notice.plain(Long.toString(awaited))));
        }
        long vouched = Vouches.count(ports.follows(), person);
        if (vouched > 0) {
            lines.add(Notice.of(NoticeKey.VOUCHING, Notice.plain(Long.toString(vouched))));
        }
        ports.follows()
                .pending(person, MOST_PENDING)
                .forEach(edge ->
                        lines.add(Notice.of(NoticeKey.PENDING, Notice.plain(followGraph.handle(edge.follower())))));
        return lines;
    }

    /// Under which names somebody is shown, one line for each network.
    ///
    /// @param networks those that can be asked for
    List<Notice> names(NativeId person, List<Network> networks) {
        List<Notice> names = networks.stream()
                .flatMap(target -> ports.identities().find(person, target).stream())
                .filter(Ghost::active)
                .map(ghost -> Notice.of(NoticeKey.SHOWN, Notice.where(ghost.network()), Notice.plain(ghost.handle())))
                .toList();
        return names.isEmpty() ? List.of(Notice.of(NoticeKey.NOWHERE)) : names;
    }

    private Notice on(Network target, NativeId person, Optional<Profile> profile) {
        Optional<String> own = Linking.own(ports, resolver, person, target);
        if (own.isPresent()) {
            return Notice.of(NoticeKey.LINKED, Notice.plain(own.get()), Notice.where(target));
        }
        Optional<Reason> objection = objections.against(person, target, profile);
        if (objection.isPresent()) {
            return objection.get() == Reason.LEFT
                    ? Notice.of(NoticeKey.LEFT, Notice.where(target))
                    : not(target, objection.get());
        }
        return ports.identities()
                .find(person, target)
                .filter(Ghost::active)
                .map(ghost -> Notice.of(NoticeKey.SHOWN, Notice.where(target), Notice.plain(ghost.handle())))
                .orElseGet(() -> Notice.of(NoticeKey.COMING, Notice.where(target)));
    }

    private static Notice not(Network target, Reason reason) {
        return Notice.of(NoticeKey.NOT_CARRIED, Notice.where(target), Notice.why(reason, target));
    }
}
