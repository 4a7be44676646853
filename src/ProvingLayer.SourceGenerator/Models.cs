namespace ProvingLayer.SourceGenerator;

/// <summary>A file to generate. Models hold texts and numbers only: no symbol, no place, so that they are equal when what they say is.</summary>
/// <param name="HintName">The file's name: stable, and its own.</param>
/// <param name="Namespace">The namespace of what is in it.</param>
/// <param name="Access"><c>public</c> or <c>internal</c>.</param>
internal abstract record FileModel(string HintName, string Namespace, string Access);

/// <summary>A type in C#.</summary>
/// <param name="Name">Its name in full.</param>
/// <param name="Codec">An expression that is its codec.</param>
internal sealed record TypeModel(string Name, string Codec)
{
    /// <summary>Whether it is a class.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether null is one of its values.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it is a proof that a step or claim verifies: it has no codec.</summary>
    public bool IsProof { get; init; }

    /// <summary>Levels of a map, whose name is that of its binding and which has no codec; 0 for all else.</summary>
    public int MapDepth { get; init; }
}

/// <summary>A field or argument.</summary>
/// <param name="Source">Its name in Tenor.</param>
/// <param name="Property">Its name as a property.</param>
/// <param name="Parameter">Its name as a parameter.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsPublic">Whether it is public.</param>
/// <param name="IsVault">Whether it is a vault's balance.</param>
/// <param name="Documentation">Its <c>///</c> text.</param>
internal sealed record FieldModel(string Source, string Property, string Parameter, TypeModel Type, bool IsPublic, bool IsVault, string? Documentation);

/// <summary>A state.</summary>
/// <param name="Source">Its name in Tenor.</param>
/// <param name="Type">Its class.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Transitions">Which transitions leave it, by index.</param>
/// <param name="IsFinal">Whether none does, by design.</param>
/// <param name="Documentation">Its <c>///</c> text.</param>
internal sealed record StateModel(string Source, string Type, EquatableArray<FieldModel> Fields, EquatableArray<int> Transitions, bool IsFinal, string? Documentation);

/// <summary>A transition.</summary>
/// <param name="Source">Its name in Tenor.</param>
/// <param name="Method">The method on states.</param>
/// <param name="Statement">The class of its statement.</param>
/// <param name="Step">The class of what a history says of it.</param>
/// <param name="After">The class of the state after it.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Documentation">Its <c>///</c> text.</param>
internal sealed record TransitionModel(string Source, string Method, string Statement, string Step, string After, EquatableArray<FieldModel> Arguments, string? Documentation);

/// <summary>An event.</summary>
/// <param name="Source">Its name in Tenor.</param>
/// <param name="Type">Its class.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Documentation">Its <c>///</c> text.</param>
internal sealed record EventModel(string Source, string Type, EquatableArray<FieldModel> Fields, string? Documentation);

/// <summary>An error.</summary>
/// <param name="Source">Its name with its module.</param>
/// <param name="Member">Its name in the enumeration.</param>
internal sealed record ErrorModel(string Source, string Member);

/// <summary>A machine. The bindings of its maps are in the order of the data.</summary>
internal sealed record MachineModel(
    string HintName,
    string Namespace,
    string Access,
    string Type,
    string Program,
    string InterfaceHash,
    string? Documentation,
    EquatableArray<FieldModel> Data,
    EquatableArray<string> Maps,
    EquatableArray<StateModel> States,
    EquatableArray<TransitionModel> Transitions,
    EquatableArray<EventModel> Events,
    EquatableArray<ErrorModel> Errors) : FileModel(HintName, Namespace, Access);

/// <summary>A statement.</summary>
internal sealed record ClaimModel(
    string HintName,
    string Namespace,
    string Access,
    string Type,
    string Program,
    string Function,
    string InterfaceHash,
    string? Documentation,
    EquatableArray<FieldModel> Arguments,
    TypeModel? Result,
    EquatableArray<ErrorModel> Errors) : FileModel(HintName, Namespace, Access)
{
    /// <summary>Whether there is signed data among its arguments, so that it has signers.</summary>
    public bool IsSigned { get; init; }
}

/// <summary>A struct.</summary>
internal sealed record StructModel(string HintName, string Namespace, string Access, string Type, string? Documentation, EquatableArray<FieldModel> Fields)
    : FileModel(HintName, Namespace, Access);

/// <summary>A set of statements.</summary>
/// <param name="HintName">The file.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Access">Its access.</param>
/// <param name="Type">Its class.</param>
/// <param name="Statements">The classes of its statements.</param>
internal sealed record SetModel(string HintName, string Namespace, string Access, string Type, EquatableArray<string> Statements)
    : FileModel(HintName, Namespace, Access);

/// <summary>A variant of an enum.</summary>
/// <param name="Source">Its name in the rules.</param>
/// <param name="Type">Its class, inside the enum's.</param>
/// <param name="Fields">What it holds.</param>
/// <param name="Documentation">The rules' words.</param>
internal sealed record VariantModel(string Source, string Type, EquatableArray<FieldModel> Fields, string? Documentation);

/// <summary>An enum.</summary>
/// <param name="HintName">The file.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Access">Its access.</param>
/// <param name="Type">Its class.</param>
/// <param name="Documentation">The rules' words.</param>
/// <param name="Variants">Its variants by tag.</param>
internal sealed record EnumModel(string HintName, string Namespace, string Access, string Type, string? Documentation, EquatableArray<VariantModel> Variants)
    : FileModel(HintName, Namespace, Access);

/// <summary>An asset, or with null decimals a measure.</summary>
internal sealed record UnitModel(string Type, string QualifiedName, int? Decimals, string? Documentation);

/// <summary>The units of a module.</summary>
internal sealed record UnitsModel(string HintName, string Namespace, string Access, EquatableArray<UnitModel> Units) : FileModel(HintName, Namespace, Access);

/// <summary>Something wrong with the rules, for the editor.</summary>
internal sealed record DiagnosticModel(string Code, string Title, bool IsError, string Message, string Path, int Start, int Length, int Line, int Column, int EndLine, int EndColumn);

/// <summary>A source file with what the project says of it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text.</param>
/// <param name="Namespace">The namespace of its bindings; empty for the one that its module gives.</param>
/// <param name="Access"><c>public</c> or <c>internal</c>.</param>
/// <param name="IsReference">Whether its bindings are in another assembly.</param>
internal sealed record SourceModel(string Path, string Text, string Namespace, string Access, bool IsReference);

/// <summary>All that the rules give.</summary>
internal sealed record ProgramModel(EquatableArray<FileModel> Files, EquatableArray<DiagnosticModel> Diagnostics);
