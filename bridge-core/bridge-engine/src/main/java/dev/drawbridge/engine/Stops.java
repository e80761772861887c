package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// People who tell a bot that they do not want to be carried any more. It holds whenever it reaches us, for
/// what was not asked for since (ADR 68).
final class Stops {
    private final Ports ports;
    private final OptIns optIns;

    Stops(Ports ports, OptIns optIns) {
        this.ports = ports;
        this.optIns = optIns;
    }

    /// What became of it.
    record Said(List<Delivery> deliveries, List<Notice> answer) {}

    /// Ends what was there when it was said. Of what they asked for since they are told that it goes on. A
    /// late word that says no more than is known is not answered.
    ///
    /// @param answer what is said of the networks where it ends
    Said stop(Letters.Occasion said, List<Network> targets, NoticeKey answer) {
        boolean late = Told.isLate(said.at(), said.receivedAt());
        List<Network> meant = late
                ? targets.stream()
                        .filter(target -> !LastWord.left(ports, said.person(), target, said.at()))
                        .toList()
                : targets;
        List<Network> kept = meant.stream()
                .filter(target -> LastWord.cameBack(ports, said.person(), target, said.at(), said.receivedAt()))
                .toList();
        List<Network> ended =
                meant.stream().filter(target -> !kept.contains(target)).toList();
        List<Delivery> deliveries = new ArrayList<>();
        ended.forEach(target -> deliveries.addAll(optIns.leave(
                said.person(), target, said.cause(), "told the bot to stop", said.at(), said.receivedAt())));
        return new Said(deliveries, late && meant.isEmpty() ? List.of() : answer(answer, ended, kept, deliveries));
    }

    private static List<Notice> answer(
            NoticeKey answer, List<Network> ended, List<Network> kept, List<Delivery> deliveries) {
        List<Notice> said = new ArrayList<>();
        if (!ended.isEmpty()) {
            boolean everywhere = answer == NoticeKey.DELETED && kept.isEmpty();
            NoticeKey what = answer == NoticeKey.DELETED && !everywhere ? NoticeKey.STOPPED : answer;
            said.add(Notice.of(what, Notice.where(ended)));
        }
        ended.forEach(target -> asked(deliveries, target).ifPresent(said::add));
        if (!kept.isEmpty()) {
            said.add(Notice.of(NoticeKey.STOP_SAID_LATER, Notice.where(kept)));
        }
        return said;
    }

    /// What is asked of whom: how many copies are taken back on a network, and from how many places.
    private static Optional<Notice> asked(List<Delivery> deliveries, Network target) {
        List<Delivery> there = deliveries.stream()
                .filter(delivery -> delivery.target().equals(target))
                .filter(delivery -> delivery.activity() instanceof Activity.Delete)
                .toList();
        long copies = there.stream().map(d -> d.activity().id()).distinct().count();
        long places = there.stream().map(Delivery::destination).distinct().count();
        return copies == 0
                ? Optional.empty()
                : Optional.of(Notice.of(
                        NoticeKey.ASKED_BACK,
                        Notice.where(target),
                        Notice.plain(Long.toString(copies)),
                        Notice.plain(Long.toString(places))));
    }
}
