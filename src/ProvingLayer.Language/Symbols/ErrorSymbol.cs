using System.Collections.Immutable;

namespace ProvingLayer.Language.Symbols;

/// <summary>A named failure: declared with <c>error</c>, or one of the language's own. Two are the same if they are the same object.</summary>
public sealed class ErrorSymbol
{
    /// <summary>An error.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="qualifiedName">Its name with its module.</param>
    public ErrorSymbol(string name, string qualifiedName)
    {
        Name = name;
        QualifiedName = qualifiedName;
    }

    /// <summary>A stored number does not fit its type.</summary>
    public static ErrorSymbol OutOfRange { get; } = BuiltIn("OutOfRange");

    /// <summary>A divisor is 0.</summary>
    public static ErrorSymbol DivisionByZero { get; } = BuiltIn("DivisionByZero");

    /// <summary>Something would be lost at <c>.exactly()</c>.</summary>
    public static ErrorSymbol NotExact { get; } = BuiltIn("NotExact");

    /// <summary>An index is not below the array's length.</summary>
    public static ErrorSymbol IndexOutOfRange { get; } = BuiltIn("IndexOutOfRange");

    /// <summary>A <c>move</c> takes more than the vault holds.</summary>
    public static ErrorSymbol InsufficientBalance { get; } = BuiltIn("InsufficientBalance");

    /// <summary>An <c>assert</c> does not hold.</summary>
    public static ErrorSymbol AssertionFailed { get; } = BuiltIn("AssertionFailed");

    /// <summary>An invariant does not hold after the step.</summary>
    public static ErrorSymbol InvariantBroken { get; } = BuiltIn("InvariantBroken");

    /// <summary>An <c>ensures</c> of the transition does not hold after the step.</summary>
    public static ErrorSymbol EnsuresBroken { get; } = BuiltIn("EnsuresBroken");

    /// <summary>A vault is not empty in a final state.</summary>
    public static ErrorSymbol VaultNotEmpty { get; } = BuiltIn("VaultNotEmpty");

    /// <summary>A map has no entry for a key that must be there.</summary>
    public static ErrorSymbol KeyNotFound { get; } = BuiltIn("KeyNotFound");

    /// <summary>A map has an entry in the slot of a key that must not be there: its own, or another key's.</summary>
    public static ErrorSymbol KeyTaken { get; } = BuiltIn("KeyTaken");

    /// <summary>A party after <c>by</c> has not signed the step.</summary>
    public static ErrorSymbol NotAuthorized { get; } = BuiltIn("NotAuthorized");

    /// <summary>An inner proof is none of the statement that is verified, or says something else of a public input that is named.</summary>
    public static ErrorSymbol ProofRejected { get; } = BuiltIn("ProofRejected");

    /// <summary>The machine is in none of the transition's source states.</summary>
    public static ErrorSymbol WrongState { get; } = BuiltIn("WrongState");

    /// <summary>The step's notBefore lies before its predecessor's.</summary>
    public static ErrorSymbol TimeReversed { get; } = BuiltIn("TimeReversed");

    /// <summary>The language's own failures, in alphabetical order; <c>reject</c> may name them without <c>use</c>.</summary>
    public static ImmutableArray<ErrorSymbol> BuiltIns { get; } =
    [
        AssertionFailed, DivisionByZero, EnsuresBroken, IndexOutOfRange, InsufficientBalance, InvariantBroken, KeyNotFound, KeyTaken, NotAuthorized, NotExact, OutOfRange, ProofRejected, TimeReversed, VaultNotEmpty,
        WrongState,
    ];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its name with its module.</summary>
    public string QualifiedName { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ErrorSymbol BuiltIn(string name) => new(name, name);
}
