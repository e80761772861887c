package dev.drawbridge.model.bot;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be wanted of a bot. Each has its English words first, then the French ones.
public enum Verb {
    HELP(Argument.NONE, List.of("help", "commands"), List.of("aide", "commandes")),
    START(Argument.NETWORKS, List.of("start"), List.of("commencer", "démarrer", "demarrer")),
    STOP(Argument.NETWORKS, List.of("stop"), List.of("arrêter", "arreter", "quitter")),
    STATUS(Argument.NONE, List.of("status"), List.of("statut", "état", "etat")),
    /// Whether bots write by themselves.
    NOTIFY(Argument.SWITCH, List.of("notify"), List.of("notifier", "avertir")),
    /// Whether posts cross that are not in public timelines.
    UNLISTED(Argument.SWITCH, List.of("unlisted"), List.of("nonlisté", "nonliste")),
    /// Whether a long post becomes several where one is too short for it.
    THREADS(Argument.SWITCH, List.of("threads"), List.of("fils")),
    /// Whether an edit takes the copy back and writes it anew, soon after it was written.
    REPLACE(Argument.SWITCH, List.of("replace"), List.of("remplacer")),
    /// How often they are told how many answered them who are not carried.
    DIGEST(Argument.RHYTHM, List.of("digest"), List.of("résumé", "resume")),
    /// Lets somebody follow who asked.
    ACCEPT(Argument.PERSON, List.of("accept"), List.of("accepter")),
    REJECT(Argument.PERSON, List.of("reject"), List.of("refuser")),
    /// Stops everywhere.
    DELETE(Argument.NONE, List.of("delete"), List.of("supprimer", "effacer")),
    /// Asks for a code for the account page.
    SIGN_IN(Argument.NONE, List.of("signin", "login"), List.of("connexion")),
    /// Says why a decision of the operator is wrong.
    APPEAL(Argument.TEXT, List.of("appeal"), List.of("contester")),
    /// Lets the bridge bring nothing of somebody any more.
    MUTE(Argument.PERSON, List.of("mute"), List.of("masquer")),
    UNMUTE(Argument.PERSON, List.of("unmute"), List.of("démasquer", "demasquer")),
    /// Ends what is between somebody and them, in both directions.
    BLOCK(Argument.PERSON, List.of("block"), List.of("bloquer")),
    UNBLOCK(Argument.PERSON, List.of("unblock"), List.of("débloquer", "debloquer")),
    /// Tells where somebody of another network is followed, or waits for them and has them asked whether they want to
    /// be
    /// here. A name alone means the same.
    ASK(Argument.PERSON, List.of("ask", "invite"), List.of("demander", "inviter")),
    /// The same without asking them.
    FOLLOW(Argument.PERSON, List.of("follow"), List.of("suivre")),
    UNFOLLOW(Argument.PERSON, List.of("unfollow", "forget"), List.of("oublier")),
    /// Says that somebody may come in although their profile shows little.
    VOUCH(Argument.PERSON, List.of("vouch"), List.of("garantir")),
    UNVOUCH(Argument.PERSON, List.of("unvouch"), List.of("retirer")),
    /// Tells under which names they are shown; with a domain of theirs, where that can be chosen, from now on under
    /// that.
    HANDLE(Argument.NAME, List.of("handle"), List.of("adresse")),
    /// Says that an account of another network is theirs too, so that no stand-in of theirs is there.
    LINK(Argument.PERSON, List.of("link"), List.of("lier")),
    /// Not any more: one they name, all of a network they name, or all.
    UNLINK(Argument.ANYBODY, List.of("unlink"), List.of("délier", "delier")),
    EXPORT(Argument.NONE, List.of("export"), List.of("exporter")),
    /// Alone, a wish to take an account elsewhere; with an account of theirs, that those who follow a stand-in go on
    /// there; with a network, which only its connector says, that they have taken it elsewhere.
    MIGRATE(Argument.ACCOUNT, List.of("migrate"), List.of("migrer")),
    /// Anything else. Nothing of it is kept.
    UNKNOWN(Argument.NONE, List.of(), List.of());

    /// What may stand behind the word.
    enum Argument {
        NONE,
        NETWORKS,
        SWITCH,
        /// `daily`, `weekly` or `off`.
        RHYTHM,
        PERSON,
        /// Somebody, a network, or nothing.
        ANYBODY,
        /// A domain or [Command#FIRST], or nothing.
        NAME,
        /// Nothing, or an account by its address. What is none is left out.
        ACCOUNT,
        /// Whatever follows, in the person's own words. It is kept.
        TEXT
    }

    private final Argument argument;
    private final List<String> english;
    private final List<String> french;

    Verb(Argument argument, List<String> english, List<String> french) {
        this.argument = argument;
        this.english = english;
        this.french = french;
    }

    /// Whether it ends something, so that it is never passed over without a word.
    public boolean ends() {
        return switch (this) {
            case STOP, DELETE, UNLINK, BLOCK, MUTE, REJECT, UNFOLLOW, UNVOUCH -> true;
            case HELP,
                    START,
                    STATUS,
                    NOTIFY,
                    UNLISTED,
                    THREADS,
                    REPLACE,
                    DIGEST,
                    ACCEPT,
                    SIGN_IN,
                    APPEAL,
                    UNMUTE,
                    UNBLOCK,
                    ASK,
                    FOLLOW,
                    VOUCH,
                    HANDLE,
                    LINK,
                    EXPORT,
                    MIGRATE,
                    UNKNOWN -> false;
        };
    }

    /// Whether it is known of everything that it ends when that began, so that it counts whenever it reaches
    /// us, for what nothing was said of since. Of the others nobody can tell, and whoever said them is asked
    /// to say them again.
    public boolean refuses() {
        return this == STOP || this == DELETE || this == UNLINK;
    }

    Argument argument() {
        return argument;
    }

    /// The word for it; empty for [#UNKNOWN].
    String word(Locale language) {
        List<String> words = language.getLanguage().equals(Locale.FRENCH.getLanguage()) ? french : english;
        return words.isEmpty() ? "" : words.getFirst();
    }

    /// The language in which `word` means this; empty if it does not.
    Optional<Locale> language(String word) {
        if (english.contains(word)) {
            return Optional.of(Locale.ENGLISH);
        }
        return french.contains(word) ? Optional.of(Locale.FRENCH) : Optional.empty();
    }
}
