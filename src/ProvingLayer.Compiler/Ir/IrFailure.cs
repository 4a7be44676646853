using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Ir;

/// <summary>Why a run can fail.</summary>
public enum FailureKind
{
    /// <summary>A <c>require</c>; the name is the declared error.</summary>
    Require,

    /// <summary>An <c>assert</c>.</summary>
    Assert,

    /// <summary>A value does not fit the type it is stored in.</summary>
    Range,

    /// <summary>A division by zero.</summary>
    DivisionByZero,

    /// <summary><c>.exactly()</c> on a value that would be rounded.</summary>
    Inexact,

    /// <summary>A vault that would go below zero.</summary>
    Overdraft,

    /// <summary>An invariant of the machine after the step.</summary>
    Invariant,

    /// <summary>An <c>ensures</c> of the transition.</summary>
    Ensures,

    /// <summary>A final state with value left in a vault.</summary>
    ValueLeft,

    /// <summary>A time interval that is empty or lies before its predecessor's.</summary>
    Time,

    /// <summary>The record is not in a state the transition starts from.</summary>
    State,

    /// <summary>An array index outside the array.</summary>
    Index,

    /// <summary>A map that has not a key it must have, or has one it must not.</summary>
    Key,

    /// <summary>A party after <c>by</c> that has not signed.</summary>
    Authority,

    /// <summary>An inner proof that does not show what it has to.</summary>
    Proof,
}

/// <summary>Words, or an operand printed as a number with its unit: one piece of a failure's message.</summary>
/// <param name="Text">The words; empty for an operand.</param>
/// <param name="Numerator">The operand, or the numerator of a rational one.</param>
/// <param name="Denominator">The positive denominator, if it has one.</param>
/// <param name="Format">How the operand is printed.</param>
public sealed record MessagePart(string Text, IrValue? Numerator = null, IrValue? Denominator = null, ScalarFormat Format = default);

/// <summary>What a failed check reports: a name, and a message that prints the operands' values with their units.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Name">The error's name with its module; the language's own errors have none.</param>
/// <param name="Message">The pieces of the message.</param>
public sealed record IrFailure(FailureKind Kind, string Name, ImmutableArray<MessagePart> Message)
{
    /// <summary>The name of <see cref="FailureKind.Range"/> failures, by which <c>reject</c> expects them.</summary>
    public const string OutOfRange = "OutOfRange";

    /// <summary>The arm, turn or call that the check stands in; null where there is none. Where a check stands is no part of what it is.</summary>
    public FailureFrame? Frame { get; init; }

    /// <summary>The name without its module.</summary>
    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>A failure whose message has no operands.</summary>
    public static IrFailure Of(FailureKind kind, string name, string message) => new(kind, name, [new MessagePart(message)]);

    /// <summary>The same failure that prints other values.</summary>
    public IrFailure Map(Func<IrValue, IrValue> map) => Message.All(p => p.Numerator is null)
        ? this
        : this with
        {
            Message = [.. Message.Select(p => p.Numerator is { } n ? p with { Numerator = map(n), Denominator = p.Denominator is { } d ? map(d) : null } : p)],
        };

    /// <summary>The values its message prints.</summary>
    public IEnumerable<IrValue> Printed()
    {
        foreach (var part in Message)
        {
            if (part.Numerator is { } numerator)
                yield return numerator;
            if (part.Denominator is { } denominator)
                yield return denominator;
        }
    }

    /// <inheritdoc/>
    public bool Equals(IrFailure? other) =>
        other is not null && Kind == other.Kind && Name == other.Name && Message.AsSpan().SequenceEqual(other.Message.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.Ordinal.GetHashCode(Name), Message.Length);
}
