using System.Collections.Immutable;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Language.Binding;

/// <summary>What is declared at the top of a file under one name.</summary>
/// <param name="file">The file.</param>
/// <param name="name">Its name.</param>
/// <param name="syntax">The declaration.</param>
internal sealed class Declaration(FileScope file, NameSyntax name, DeclarationSyntax syntax)
{
    public FileScope File => file;

    public Module Module => file.Module;

    public NameSyntax Name => name;

    public DeclarationSyntax Syntax => syntax;

    public bool IsPublic => syntax.Header.IsPublic;

    /// <summary>The name with its module: what identities and encodings are made of.</summary>
    public string QualifiedName => Module.Name.Length == 0 ? name.Text : $"{Module.Name}.{name.Text}";

    public ImmutableArray<GenericParameterSyntax> Generics => syntax switch
    {
        TypeDeclarationSyntax type => type.Generics,
        StructDeclarationSyntax structure => structure.Generics,
        EnumDeclarationSyntax enumeration => enumeration.Generics,
        FunctionDeclarationSyntax function => function.Generics,
        StatementDeclarationSyntax statement => statement.Generics,
        MachineDeclarationSyntax machine => machine.Generics,
        _ => ImmutableArray<GenericParameterSyntax>.Empty,
    };

    /// <summary>What it is, for messages: "an asset".</summary>
    public string Kind => syntax switch
    {
        AssetDeclarationSyntax => "an asset",
        MeasureDeclarationSyntax => "a measure",
        ConstDeclarationSyntax => "a constant",
        TypeDeclarationSyntax => "a type",
        ErrorDeclarationSyntax => "an error",
        EventDeclarationSyntax => "an event",
        SetDeclarationSyntax => "a set of statements",
        StructDeclarationSyntax => "a struct",
        EnumDeclarationSyntax => "an enum",
        FunctionDeclarationSyntax => "a function",
        ViewDeclarationSyntax => "a view",
        StatementDeclarationSyntax => "a statement",
        MachineDeclarationSyntax => "a machine",
        _ => "a declaration",
    };

    /// <summary>Whether it stands where a type does.</summary>
    public bool IsType => syntax is TypeDeclarationSyntax or StructDeclarationSyntax or EnumDeclarationSyntax or MachineDeclarationSyntax or StatementDeclarationSyntax;

    public override string ToString() => name.Text;
}

/// <summary>A module: what its files declare together.</summary>
internal sealed class Module(string name)
{
    public string Name => name;

    public Dictionary<string, Declaration> Items { get; } = new(StringComparer.Ordinal);

    public List<FileScope> Files { get; } = [];

    public override string ToString() => name;
}

/// <summary>A file's view of the program: its module's items, and what it uses of others.</summary>
internal sealed class FileScope(Module module, CompilationUnitSyntax unit)
{
    public Module Module => module;

    public CompilationUnitSyntax Unit => unit;

    /// <summary>Items taken from other modules by name.</summary>
    public Dictionary<string, Declaration> UsedItems { get; } = new(StringComparer.Ordinal);

    /// <summary>Modules by the name this file has for them.</summary>
    public Dictionary<string, Module> UsedModules { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of modules that are not there, and of what was to be taken from them: reported once, at the <c>use</c>.</summary>
    public HashSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>The item that a bare name means here.</summary>
    public Declaration? Find(string name) =>
        module.Items.TryGetValue(name, out var own) ? own : UsedItems.TryGetValue(name, out var used) ? used : null;

    /// <summary>Every bare name that means an item here.</summary>
    public IEnumerable<string> Known => module.Items.Keys.Concat(UsedItems.Keys);
}
