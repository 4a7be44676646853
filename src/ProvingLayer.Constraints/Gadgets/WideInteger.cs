using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Gadgets;

/// <summary>
/// An exact integer held by cells: v = Σ Words[i]·2^(128·i) − Sign·2^(128·k) with k = Words.Length.
/// </summary>
/// <remarks>
/// Every gadget keeps two invariants, by constraints and not by promise:
/// <list type="number">
/// <item>v lies in <see cref="Range"/>, which lies in [−2^(128·k), 2^(128·k)).</item>
/// <item>Each word is below 2^128 (only range-checked rows write words) and Sign is 0 or 1.</item>
/// </list>
/// So Sign is 1 exactly when v is negative, and the words are v mod 2^(128·k): both are determined by v, whatever k is. That is
/// why words may be dropped from the top when an interval shrinks, and why an absent sign means v ≥ 0. The words below any
/// k' are the two's complement form of v in 128·k' bits.
/// </remarks>
/// <param name="Words">1 … 8 word cells, least significant first.</param>
/// <param name="Sign">A value cell that is 1 when the integer is negative, else 0; absent when the range has no negative member.</param>
/// <param name="Range">An interval that the circuit's constraints force the integer into.</param>
public sealed record WideInteger(ImmutableArray<Cell> Words, Cell? Sign, Interval Range);
