namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 4: machines, time and authority.</content>
public static partial class DiagnosticTable
{
    /// <summary>A path without become.</summary>
    public static DiagnosticDescriptor PathOpen { get; } = Error(
        "TNR4001",
        "A path without become",
        "not every path ends in 'become' or 'stay'{0}",
        """
        A transition says on every path which state follows: with 'become S;', or with 'stay;' where the state stays as it is. If one arm
        of an 'if' or 'match' ends so, all do.
        """);

    /// <summary>Something after become.</summary>
    public static DiagnosticDescriptor AfterBecome { get; } = Error(
        "TNR4002",
        "Something after become",
        "nothing may follow 'become' or 'stay'",
        """
        'become' and 'stay' end their path. Move the statement before it.
        """);

    /// <summary>Off the edge.</summary>
    public static DiagnosticDescriptor OffEdge { get; } = Error(
        "TNR4003",
        "Off the edge",
        "'{0}' is not among the states that this transition leads to: {1}",
        """
        A transition names its edge: 'transition t : From -> To'. Its body becomes only what stands right of the arrow.
        """);

    /// <summary>Stay where the edge leads away.</summary>
    public static DiagnosticDescriptor StayOffEdge { get; } = Error(
        "TNR4004",
        "Stay where the edge leads away",
        "'stay' keeps {0}, which this transition does not lead to",
        """
        'stay' stands on a self edge: every state that the machine can be in here is among those right of the arrow.
        """);

    /// <summary>Become in a loop or a value.</summary>
    public static DiagnosticDescriptor BecomeInLoop { get; } = Error(
        "TNR4005",
        "Become in a loop or a value",
        "'become' and 'stay' may not stand in {0}",
        """
        A transition's paths end in 'become' once. A loop goes on with its next turn, and a block with a value with what uses the value.
        """);

    /// <summary>A state nothing leads to.</summary>
    public static DiagnosticDescriptor UnreachableState { get; } = Error(
        "TNR4006",
        "A state nothing leads to",
        "no transition leads from init to state '{0}'",
        """
        Every state is reached from 'init' by the transitions' edges. Remove the state, or add a transition.
        """);

    /// <summary>A dead end.</summary>
    public static DiagnosticDescriptor DeadEnd { get; } = Error(
        "TNR4007",
        "A dead end",
        "no transition leaves state '{0}', and it is not final",
        """
        Value could be stuck there for good. Mark it 'final state' (then its vaults must be empty), or add a transition.
        """);

    /// <summary>A final state that is left.</summary>
    public static DiagnosticDescriptor FinalLeft { get; } = Error(
        "TNR4008",
        "A final state that is left",
        "state '{0}' is final, so no transition leaves it",
        """
        No step leaves a final state. Remove 'final' or the transition.
        """);

    /// <summary>A machine without states.</summary>
    public static DiagnosticDescriptor NoStates { get; } = Error(
        "TNR4009",
        "A machine without states",
        "machine '{0}' has no state",
        """
        A machine has at least one state, to which a transition leads from 'init'.
        """);

    /// <summary>now as a value.</summary>
    public static DiagnosticDescriptor NowMisplaced { get; } = Error(
        "TNR4010",
        "now as a value",
        "'now' is an interval: {0}",
        """
        'now >= t' and the other three orders mean all of the interval; they stand only in 'require', joined by '&&', in a transition.
        'now.from' and 'now.to' are plain times.
        """);

    /// <summary>A statement that may not stand here.</summary>
    public static DiagnosticDescriptor StatementNotHere { get; } = Error(
        "TNR4011",
        "A statement that may not stand here",
        "'{0}' may not stand in {1}",
        """
        'move', 'become', 'stay' and 'emit' stand in transitions; 'at', 'reject' and calls of transitions in tests; an invariant only
        computes.
        """);

    /// <summary>self outside its place.</summary>
    public static DiagnosticDescriptor SelfMisplaced { get; } = Error(
        "TNR4012",
        "self outside its place",
        "'self' can only be matched, or asked with 'is', in a transition or an invariant",
        """
        'match self' and 'self is S' look at the state the machine is in. Data fields are read by their names.
        """);

    /// <summary>init outside its place.</summary>
    public static DiagnosticDescriptor InitMisplaced { get; } = Error(
        "TNR4013",
        "init outside its place",
        "'init' may not stand here: {0}",
        """
        'init' is the state in which 'new' leaves a machine. Transitions lead from it, none leads to it, and no invariant speaks of it.
        """);

    /// <summary>Data twice.</summary>
    public static DiagnosticDescriptor DuplicateData { get; } = Error(
        "TNR4014",
        "Data twice",
        "the machine has another 'data' above",
        """
        A machine lists its data in one place. Move the fields into the first list.
        """);

    /// <summary>old outside its place.</summary>
    public static DiagnosticDescriptor OldMisplaced { get; } = Error(
        "TNR4016",
        "old outside its place",
        "'old' may not stand here: {0}",
        """
        'old(e)' is e before the step. It stands in a transition's 'ensures', where everything else is read after the step; a body reads what
        it needs before it writes. Inside 'old' only arguments, data and states have names: a local of the condition is of after the step.
        """);

    /// <summary>Which state it is is not known.</summary>
    public static DiagnosticDescriptor StateFieldsUnknown { get; } = Error(
        "TNR4015",
        "Which state it is is not known",
        "'{0}' is a field of state {1}, and the machine may be in another one here",
        """
        A state's fields can be read where the state is known: in a transition with a single source state, or in an arm of 'match self'
        that names that state alone.
        """);

    /// <summary>A signature that nobody asks for.</summary>
    public static DiagnosticDescriptor NobodySigns { get; } = Error(
        "TNR4017",
        "A signature that nobody asks for",
        "there is no 'by' to answer here: {0}",
        """
        In a test, 'p.step(…) by K.alice, K.bob;' signs a step whose transition is declared 'by' as many keys. Add 'by' to the transition, or
        leave the signer out.
        """);

    /// <summary>A key without its secret.</summary>
    public static DiagnosticDescriptor NoSecret { get; } = Error(
        "TNR4018",
        "A key without its secret",
        "only a test key signs in a test: write K.name",
        """
        Whoever signs needs the secret of a key, and a test has the secrets of test keys alone. Name the key that signs, K.alice; in a scenario,
        "by": ["K.alice"].
        """);

    /// <summary>An attribute's arguments.</summary>
    public static DiagnosticDescriptor AttributeArguments { get; } = Error(
        "TNR4019",
        "An attribute's arguments",
        "'@{0}' is written {1}",
        """
        '@issuer(A)' before a machine names the assets that it may mint and burn; '@budget(rows = 4_096)' before a transition says how many rows
        its circuit may take, '@budget(verifications = 2)' how many proofs it may verify; 'tenor build' and 'tenor cost' check both.
        """);
}
