namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 7: verify, circuit and cost.</content>
public static partial class DiagnosticTable
{
    /// <summary>The text unrolls to too much.</summary>
    public static DiagnosticDescriptor UnrolledTextTooLarge { get; } = Error(
        "TNR7001",
        "The text unrolls to too much",
        "unrolled, the text has more than {0} expressions and statements by here",
        """
        Loops are unrolled and every transition and statement becomes one straight line, so that it can be proved. What it unrolls to has a
        limit, far above what can be proved in reasonable time. Make the loops shorter, or spread the work over several steps.
        """);

    /// <summary>Over budget.</summary>
    public static DiagnosticDescriptor OverBudget { get; } = Error(
        "TNR7002",
        "Over budget",
        "transition '{0}' takes {1} {3}, more than the {2} of its budget",
        """
        '@budget(rows = n)' is the author's word that a step stays as cheap as it was meant: rows of all tables before padding, the shared byte
        table and inner verifications apart; '@budget(verifications = m)' counts those. 'tenor cost' shows which lines take them. Make the step
        cheaper, or raise the budget where a reviewer sees it.
        """);

    /// <summary>An untaken arm cannot verify.</summary>
    public static DiagnosticDescriptor VerifyInArm { get; } = Error(
        "TNR7003",
        "A verification that may not happen",
        "'verify' stands where the text may not come to: in an arm, or to the right of '&&', '||' or 'implies'",
        """
        In an arm that is not taken every check is switched off. A proof cannot be half checked: the circuit verifies it or it does not. Verify it
        before the choice, and choose by its result. Where there may be no proof, make that a transition of its own.
        """);

    /// <summary>A public input that is not said.</summary>
    public static DiagnosticDescriptor UnnamedInput { get; } = Error(
        "TNR7004",
        "A public input that is not named",
        "a proof of {0} is about {1} too: say of what it must be, or ignore it with '_'",
        """
        A proof that is about something else proves nothing here, and whoever makes the step chooses the proof. So every public input is named:
        'verify S(a: x, b: y) using p'. One that does not matter is ignored in so many words, 'b: _', where a reviewer sees it.
        """);

    /// <summary>A public input that is ignored.</summary>
    public static DiagnosticDescriptor IgnoredInput { get; } = Lint(
        "TNR7005",
        "A public input that is ignored",
        "the proof may be about any '{0}' of {1}",
        """
        Whoever makes the step chooses the proof, and with 'a: _' also what its public input a is. That is right where any will do, and only
        there: else name what it must be.
        """);

    /// <summary>What stands after using.</summary>
    public static DiagnosticDescriptor NotAProof { get; } = Error(
        "TNR7006",
        "Not a proof of this",
        "after 'using' stands an argument of type proof<{0}>, found {1}",
        """
        'verify S(…) using p' reads a proof that comes into the transition or statement as an argument: 'p: proof<S>', of the same S with the same
        type arguments.
        """);

    /// <summary>A program that verifies itself.</summary>
    public static DiagnosticDescriptor ProofCycle { get; } = Error(
        "TNR7007",
        "A statement that verifies proofs of itself",
        "'{0}' needs proofs of itself, directly or through others",
        """
        A program that verifies has the verified program's key in it, as a constant, so the other is compiled before. A statement cannot be compiled
        before itself. For a chain of steps of any length write a machine: its histories are proofs of that.
        """);

    /// <summary>A proof that nobody verifies.</summary>
    public static DiagnosticDescriptor UnverifiedProof { get; } = Error(
        "TNR7008",
        "A proof that is not verified",
        "nothing verifies the proof '{0}'",
        """
        An argument of type 'proof<S>' shows nothing until 'verify S(…) using p' checks it. Verify it, or leave the argument out.
        """);

    /// <summary>A proof that is verified twice.</summary>
    public static DiagnosticDescriptor VerifiedTwice { get; } = Error(
        "TNR7009",
        "A proof that is verified more than once",
        "'{0}' is verified more than once",
        """
        A second verification of the same proof shows nothing new and costs as much as the first. Keep the result: 'let r = verify S(…) using p;'.
        Two proofs are two arguments; in a loop every turn would verify the same one.
        """);

    /// <summary>What a set cannot hold.</summary>
    public static DiagnosticDescriptor NotInSet { get; } = Error(
        "TNR7011",
        "What cannot be in a set",
        "{0} cannot be in the set {1}: {2}",
        """
        'set NAME = { A, B };' names statements of which any one will do: 'p: proof<NAME>' takes a proof of each, and 'verify any of NAME(a: x) using p' does
        not say of which it was. So all of them have the same public arguments, by name and type and in the same order, and the same result. What they
        keep private, and how they compute, is their own.
        """);

    /// <summary>A set that is verified as a statement, or the other way round.</summary>
    public static DiagnosticDescriptor AnyOfSet { get; } = Error(
        "TNR7012",
        "One statement or any of a set",
        "'{0}' is {1}: write '{2}'",
        """
        'verify S(…) using p' says which program has proved; 'verify any of SET(…) using p' says that it was one of several, and leaves open which. What the
        reader may conclude is not the same, so the two are written differently. A test proves one of the set's statements, by its own name.
        """);

    /// <summary>A history whose form is not said.</summary>
    public static DiagnosticDescriptor HistoryWithoutRoom { get; } = Error(
        "TNR7010",
        "A history without room",
        "nothing says how many steps the history '{0}' has room for: '{1}' before the transition or statement does",
        """
        A circuit verifies proofs of one form: of which transitions the history has steps, and how many there is room for of each, a power of two. So
        '@steps(p, open = 1, add = 4)' stands before the transition or statement that verifies p. A history that has fewer steps of a transition fits as well, but
        it has at least one of each that is named, and none of the others. It is proved with the same numbers: 'tenor history … --room open=1,add=4'.
        """);
}
