package dev.drawbridge.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Of a form that gives somebody a new way in, or that cannot be taken back: it is not enough to be signed in, whoever
/// sends it has shown who they are within the last five minutes, or does so now ([ShowAgain]).
/// Removing a person from the bridge is not one of these, so that nothing ever stands in its way.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AsksAgain {}
