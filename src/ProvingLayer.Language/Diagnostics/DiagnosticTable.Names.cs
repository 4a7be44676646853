namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 1: names.</content>
public static partial class DiagnosticTable
{
    /// <summary>Nothing has this name.</summary>
    public static DiagnosticDescriptor UnknownName { get; } = Error(
        "TNR1001",
        "Nothing has this name",
        "nothing here is named '{0}'{1}",
        """
        The name is neither declared in this file's module, nor used from another one with 'use', nor bound in this body. Check the
        spelling, or add 'use module.{Name};' at the top of the file.
        """);

    /// <summary>Declared twice.</summary>
    public static DiagnosticDescriptor DuplicateName { get; } = Error(
        "TNR1002",
        "Declared twice",
        "'{0}' is declared twice",
        """
        In one module, machine, state, struct, event or list of parameters a name is declared once. Rename one of the two.
        """);

    /// <summary>A name would hide another.</summary>
    public static DiagnosticDescriptor Shadowing { get; } = Error(
        "TNR1003",
        "A name would hide another",
        "'{0}' would hide the {1} of the same name",
        """
        Names do not hide each other: a local may not be called like a field, an argument, a constant or another local that is visible in
        the same place, and a state may not be called like a visible type. So a name means one thing wherever it can be read. Rename the
        inner one.
        """);

    /// <summary>Capital or small letter.</summary>
    public static DiagnosticDescriptor WrongCapital { get; } = Error(
        "TNR1004",
        "Capital or small letter",
        "{0} begin with a {1} letter: '{2}'",
        """
        Declared types, machines, statements, states, variants, errors, events, assets, measures and constants begin with a capital
        letter, all else with a small one: in a pattern a capital refers to something, a small letter binds a new name.
        """);

    /// <summary>Private to its module.</summary>
    public static DiagnosticDescriptor PrivateItem { get; } = Error(
        "TNR1005",
        "Private to its module",
        "'{0}' is private to module {1}",
        """
        Items are private to their module unless they are declared 'pub'. Add 'pub' to the declaration if other modules may use it.
        """);

    /// <summary>No such module.</summary>
    public static DiagnosticDescriptor UnknownModule { get; } = Error(
        "TNR1006",
        "No such module",
        "there is no module '{0}' among the files of this program",
        """
        A module is one or more files that begin with 'module a.b;'. Give the file to the command as well, or check the spelling.
        """);

    /// <summary>A module of the standard library.</summary>
    public static DiagnosticDescriptor StandardModule { get; } = Error(
        "TNR1015",
        "A module of the standard library",
        "'{0}' is a name of the standard library's",
        """
        Modules whose names begin with 'std.' come with the compiler: who reads 'use std.assets.{USDC};' knows what it means. Name your module otherwise.
        """);

    /// <summary>No such item in the module.</summary>
    public static DiagnosticDescriptor UnknownItem { get; } = Error(
        "TNR1007",
        "No such item in the module",
        "module {0} declares no '{1}'",
        """
        The module exists, the name in it does not. Only what a module declares itself can be used from it, not what it uses from others.
        """);

    /// <summary>Modules use each other in a circle.</summary>
    public static DiagnosticDescriptor ModuleCycle { get; } = Error(
        "TNR1008",
        "Modules use each other in a circle",
        "module {0} uses itself by way of {1}",
        """
        Modules may not use each other in a circle, nor themselves. Move what both need into a third module.
        """);

    /// <summary>A name of the language.</summary>
    public static DiagnosticDescriptor BuiltInName { get; } = Error(
        "TNR1009",
        "A name of the language",
        "'{0}' is a name of the language",
        """
        'self', 'now', 'init', 'min', 'max', 'abs', 'some', the small names of types, the names of units in literals, the test keys' 'K'
        and the language's own failures cannot be declared again.
        """);

    /// <summary>A name of something else.</summary>
    public static DiagnosticDescriptor WrongKind { get; } = Error(
        "TNR1010",
        "A name of something else",
        "'{0}' is {1}, where {2} is needed",
        """
        The name is known, but it names another kind of thing than this place takes.
        """);

    /// <summary>Too many names.</summary>
    public static DiagnosticDescriptor TooManyDeclarations { get; } = Error(
        "TNR1011",
        "Too many names",
        "module {0} declares more than {1} names",
        """
        So that every command ends in bounded time and memory, a program has a limited number of declarations. Split it into several
        programs.
        """);

    /// <summary>No such member.</summary>
    public static DiagnosticDescriptor UnknownMember { get; } = Error(
        "TNR1012",
        "No such member",
        "{0} has no '{1}'{2}",
        """
        What stands before the point has no member of this name that can be read here. A state's fields can be read where the state is
        known: in a transition with a single source state, or in an arm of 'match self'.
        """);

    /// <summary>Used twice.</summary>
    public static DiagnosticDescriptor RepeatedUse { get; } = Error(
        "TNR1013",
        "Used twice",
        "'{0}' is already used or declared in this file",
        """
        A 'use' gives a file a name. Two uses, or a use and a declaration of the module itself, may not give it the same one: rename with
        'as'.
        """);

    /// <summary>Too many instances.</summary>
    public static DiagnosticDescriptor TooManyInstances { get; } = Error(
        "TNR1014",
        "Too many instances of generics",
        "with this one, the instances of generic declarations have more than {0} characters of source together",
        """
        A generic declaration is bound again for every list of arguments. So that every command ends in bounded time and memory, the instances
        together may be 8,000,000 characters long. Split the program.
        """);
}
