namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 2: types and match.</content>
public static partial class DiagnosticTable
{
    /// <summary>A value of another type.</summary>
    public static DiagnosticDescriptor TypeMismatch { get; } = Error(
        "TNR2001",
        "A value of another type",
        "expected {0}, found {1}",
        """
        Values are never converted silently: numbers become stored where they are stored, 'T' becomes 'lo<T>', 'hi<T>' or 'near<T>', and
        nothing else changes its type.
        """);

    /// <summary>Wrong number of type arguments.</summary>
    public static DiagnosticDescriptor TypeArgumentCount { get; } = Error(
        "TNR2002",
        "Wrong number of type arguments",
        "{0} takes {1}, found {2}",
        """
        A generic type, machine or statement is named with an argument for each of its parameters, in order.
        """);

    /// <summary>Type argument of another kind.</summary>
    public static DiagnosticDescriptor TypeArgumentKind { get; } = Error(
        "TNR2003",
        "Type argument of another kind",
        "{0} needs {1} here, found {2}",
        """
        Parameters are 'asset A', 'measure M', 'const N: u32' or a plain type; each argument must be what its parameter says.
        """);

    /// <summary>A map of no depth.</summary>
    public static DiagnosticDescriptor MapDepth { get; } = Error(
        "TNR2040",
        "A map of no depth",
        "a map has 1 to {1} levels, not {0}",
        """
        The third argument of 'map<key, value, depth>' is the number of levels between its root and its leaves: it has room for 2^depth keys, and an
        access costs one hash a level for each path. A key of at most so many bits is its own place; any other key goes where its digest tells,
        and then two keys may want one place: take twice as many levels as 2^levels would need for the number of keys.
        """);

    /// <summary>A type that may not stand here.</summary>
    public static DiagnosticDescriptor TypeNotHere { get; } = Error(
        "TNR2004",
        "A type that may not stand here",
        "{0} may not stand here: {1}",
        """
        Vaults stand in a machine's 'data' only, because value is never copied. A machine is not a type of values. Arguments carry no 'lo'
        or 'hi'.
        """);

    /// <summary>A type that contains itself.</summary>
    public static DiagnosticDescriptor RecursiveType { get; } = Error(
        "TNR2005",
        "A type that contains itself",
        "'{0}' contains itself",
        """
        All values have a fixed size, so a type cannot contain itself, neither directly nor by way of others.
        """);

    /// <summary>A type that is too large.</summary>
    public static DiagnosticDescriptor TypeTooLarge { get; } = Error(
        "TNR2006",
        "A type that is too large",
        "{0} is too large: {1}",
        """
        So that every command ends in bounded time and memory, a type holds at most 1,048,576 elementary values, nested at most 64 deep,
        and names stand for each other at most 64 deep.
        """);

    /// <summary>A condition that is no bool.</summary>
    public static DiagnosticDescriptor ConditionNotBoolean { get; } = Error(
        "TNR2007",
        "A condition that is no bool",
        "a condition is a bool, found {0}",
        """
        Nothing else counts as true or false: compare it with something.
        """);

    /// <summary>An operator that does not take this.</summary>
    public static DiagnosticDescriptor OperandType { get; } = Error(
        "TNR2008",
        "An operator that does not take this",
        "'{0}' does not take {1}",
        """
        Arithmetic and order are for numbers; '&&', '||', 'implies' and '!' for bool; '==' and '!=' for two values of one type.
        """);

    /// <summary>A value is missing.</summary>
    public static DiagnosticDescriptor MissingField { get; } = Error(
        "TNR2009",
        "A value is missing",
        "{0} is not given: {1}",
        """
        Every field, data field without a default, and argument is given a value by name.
        """);

    /// <summary>No such field.</summary>
    public static DiagnosticDescriptor UnknownField { get; } = Error(
        "TNR2010",
        "No such field",
        "{0} has no field or argument '{1}'",
        """
        The name between the braces or parentheses is none that is declared there.
        """);

    /// <summary>Given twice.</summary>
    public static DiagnosticDescriptor RepeatedField { get; } = Error(
        "TNR2011",
        "Given twice",
        "'{0}' is given twice",
        """
        A field or an argument is given one value. Remove the second one, or give it the name it was meant for.
        """);

    /// <summary>An argument without its name.</summary>
    public static DiagnosticDescriptor UnnamedArgument { get; } = Error(
        "TNR2012",
        "An argument without its name",
        "name the argument: '{0}: …'",
        """
        Arguments of 'new' and of transitions are named, so that a call reads the same when a signature changes.
        """);

    /// <summary>A match with gaps.</summary>
    public static DiagnosticDescriptor NotExhaustive { get; } = Error(
        "TNR2013",
        "A match with gaps",
        "the match does not cover {0}",
        """
        One arm must apply whatever the value is. Add the missing arms, or '_' at the end.
        """);

    /// <summary>An arm that never applies.</summary>
    public static DiagnosticDescriptor UnreachableArm { get; } = Error(
        "TNR2014",
        "An arm that never applies",
        "this arm never applies: {0}",
        """
        Earlier arms take all it could match, or the machine cannot be in that state here. Remove it.
        """);

    /// <summary>A pattern that does not fit.</summary>
    public static DiagnosticDescriptor PatternMismatch { get; } = Error(
        "TNR2015",
        "A pattern that does not fit",
        "this pattern does not fit {0}",
        """
        A pattern has the form of what is matched: states for 'self', literals or constants for numbers, as many elements as the tuple.
        """);

    /// <summary>A value is missing.</summary>
    public static DiagnosticDescriptor NoValue { get; } = Error(
        "TNR2016",
        "A value is missing",
        "this has no value, but {0} is needed",
        """
        A block's value is its last expression without ';'. An 'if' with a value needs an 'else'.
        """);

    /// <summary>A value that nobody uses.</summary>
    public static DiagnosticDescriptor UnusedValue { get; } = Error(
        "TNR2017",
        "A value that nobody uses",
        "this value is not used",
        """
        A statement is done for its effect. To name the value write 'let', to check it write 'require' or 'assert'.
        """);

    /// <summary>Not to be assigned.</summary>
    public static DiagnosticDescriptor NotAssignable { get; } = Error(
        "TNR2018",
        "Not to be assigned",
        "{0} cannot be assigned: {1}",
        """
        Only 'let mut' locals, 'mut' data fields and their parts are assigned. Vaults change by 'move' alone.
        """);

    /// <summary>An index out of range.</summary>
    public static DiagnosticDescriptor IndexOutOfRange { get; } = Error(
        "TNR2019",
        "An index out of range",
        "index {0} is out of range: the array has {1} elements",
        """
        Indices are whole numbers from 0 to one less than the array's length.
        """);

    /// <summary>Arms of different types.</summary>
    public static DiagnosticDescriptor ArmTypes { get; } = Error(
        "TNR2020",
        "Arms of different types",
        "the arms have different types: {0} and {1}",
        """
        All arms of an 'if' or 'match' with a value have one type; of numbers, one unit.
        """);

    /// <summary>A malformed opaque literal.</summary>
    public static DiagnosticDescriptor OpaqueLiteral { get; } = Error(
        "TNR2021",
        "A malformed opaque literal",
        "{0} is written as 0x and {1}; {2}",
        """
        'hash' and 'key' are 8 field elements. The literal gives each one as 4 bytes, the lowest first; a word that is not below the
        modulus is no field element. A 'bytes<N>' has two digits for each of its N bytes, the first byte first, and an 'address' is 20
        bytes. A digest that another system has made is a 'bytes<32>'.
        """);

    /// <summary>A type is needed.</summary>
    public static DiagnosticDescriptor TypeUnknown { get; } = Error(
        "TNR2022",
        "A type is needed",
        "say the type: {0}",
        """
        An exact number has no size until it is stored. 'let mut' stores, so it needs a type if the value is not stored already: 'let mut
        x: T = …;'. An empty array needs one too.
        """);

    /// <summary>Not known at compile time.</summary>
    public static DiagnosticDescriptor NotConstant { get; } = Error(
        "TNR2023",
        "Not known at compile time",
        "{0} must be known at compile time",
        """
        Lengths of arrays, bounds of loops, constants, places of 'dec' and defaults are computed by the compiler: from literals, constants
        and 'const' parameters alone.
        """);

    /// <summary>A loop with too many turns.</summary>
    public static DiagnosticDescriptor LoopTooLong { get; } = Error(
        "TNR2024",
        "A loop with too many turns",
        "the loop takes {0} turns with those around it; the limit is {1}",
        """
        Loops are unrolled: each turn becomes rows of the circuit. 65,536 turns, all loops around it multiplied, are the limit.
        """);

    /// <summary>Constants too deep, or in a circle.</summary>
    public static DiagnosticDescriptor ConstantCycle { get; } = Error(
        "TNR2025",
        "Constants too deep, or in a circle",
        "the value of '{0}' depends on itself, or on more than {1} constants one inside the other",
        """
        A constant's value is computed from others before it; a circle has no value, and the depth is limited.
        """);

    /// <summary>Not to be called.</summary>
    public static DiagnosticDescriptor NotCallable { get; } = Error(
        "TNR2026",
        "Not to be called",
        "{0} cannot be called",
        """
        Functions 'min', 'max', 'abs', 'time', 'flow', the rounding words, a machine's 'new' and, in tests, its transitions are called. In a test 'prove(S(…))' runs a statement S; a rule verifies a proof of it: 'verify S(…) using p'.
        """);

    /// <summary>Not a length.</summary>
    public static DiagnosticDescriptor ArrayLength { get; } = Error(
        "TNR2027",
        "Not a length",
        "{0} is not a length: lengths are whole numbers from {1} to 1,048,576",
        """
        An array has at least one element, and so many at most that a circuit can hold them.
        """);

    /// <summary>Wrong number of arguments.</summary>
    public static DiagnosticDescriptor ArgumentCount { get; } = Error(
        "TNR2028",
        "Wrong number of arguments",
        "'{0}' takes {1}, found {2}",
        """
        Call it with as many arguments as it takes.
        """);

    /// <summary>Too many patterns.</summary>
    public static DiagnosticDescriptor TooManyPatterns { get; } = Error(
        "TNR2029",
        "Too many patterns",
        "this match has more than {0} patterns",
        """
        A match is a chain of comparisons, and so many make a deep chain. Write the condition as a comparison, or split the match.
        """);

    /// <summary>A function that calls itself.</summary>
    public static DiagnosticDescriptor FunctionCycle { get; } = Error(
        "TNR2030",
        "A function that calls itself",
        "'{0}' calls itself, directly or through others",
        """
        Every program of the language ends, so no function calls itself. Where it stands for a number of turns, write a loop with a
        constant bound: 'for i in 0..N { … }'.
        """);

    /// <summary>Calls too deep.</summary>
    public static DiagnosticDescriptor CallsTooDeep { get; } = Error(
        "TNR2031",
        "Calls too deep",
        "functions that call functions nest deeper than {0} here",
        """
        A function stands where it is called, so calls inside calls make one deep expression. Name intermediate results with 'let', or
        call fewer functions from each other.
        """);

    /// <summary>Type arguments nobody says.</summary>
    public static DiagnosticDescriptor TypeArgumentsUnknown { get; } = Error(
        "TNR2032",
        "Type arguments nobody says",
        "the arguments of '{0}' do not say what '{1}' is; write it: '{0}<…>(…)'",
        """
        The type arguments of a call are taken from the types of its arguments: 'qty<A>', 'dec<S, M>', '[T; N]' and T itself say what A, S,
        M, N and T are. An exact number has no type of its own; store it first, or write the type arguments between the function's name and
        its arguments.
        """);

    /// <summary>Alternatives that bind other names.</summary>
    public static DiagnosticDescriptor AlternativeNames { get; } = Error(
        "TNR2033",
        "Alternatives that bind other names",
        "this alternative does not bind '{0}', and another one does",
        """
        Alternatives share the value behind '=>', so each binds the same names: 'Short { fee } | Both { fee } => fee'. Bind the name in all of
        them, or give the pattern an arm of its own.
        """);

    /// <summary>Bytes that do not fit.</summary>
    public static DiagnosticDescriptor BytesDoNotFit { get; } = Error(
        "TNR2034",
        "Bytes that do not fit",
        "{0}",
        """
        Lengths of bytes are known when a program is compiled. 'b.slice<FROM, LEN>()' is LEN bytes of b from byte FROM on, counted from 0; 'b.resize<N>()' the first N, with
        zeros behind if b has fewer; 'a.concat(b)' as many as both have. 'x.reinterpret<T>()' reads the same bytes as another type, which is exactly as long: 'bytes<8>' as a
        'u64', a 'bytes<20>' as an 'address', a 'u32' as '[u8; 4]'. Integers are their bytes from the lowest on; 'b.reversed()' turns the order round.
        """);

    /// <summary>Not supported yet.</summary>
    public static DiagnosticDescriptor NotSupported { get; } = Error(
        "TNR2900",
        "Not supported yet",
        "not supported yet: {0}",
        """
        The language has this, and the parser reads it, but this version of the compiler cannot prove it yet. Nothing of it is ignored
        silently: the program is not accepted.
        """);
}
