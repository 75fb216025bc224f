/**
 * Holds the code to the rules of the house: who may see whom, what may be called where, how large
 * things may be, what they may be called, and where each rule of an RFC is kept and tested.
 *
 * <p>{@link dev.holdfast.it.architecture.Layers} and {@link dev.holdfast.it.architecture.Edges} are
 * the two tables to edit when a package is added; every entry says why.
 */
package dev.holdfast.it.architecture;
