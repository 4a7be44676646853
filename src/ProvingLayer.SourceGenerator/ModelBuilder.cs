using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;

namespace ProvingLayer.SourceGenerator;

/// <summary>Sources to models: everything that has to do with the language's symbols happens here.</summary>
internal sealed class ModelBuilder
{
    private static readonly char[] s_lineEnds = ['\r', '\n'];

    private readonly IReadOnlyList<SourceModel> _sources;
    private readonly BoundProgram _program;
    private readonly Dictionary<string, SourceModel> _byModule = new(StringComparer.Ordinal);
    private readonly TypeMapping _types;
    private readonly List<FileModel> _files = [];
    private readonly List<DiagnosticModel> _diagnostics = [];

    private ModelBuilder(IReadOnlyList<SourceModel> sources)
    {
        _sources = sources;
        _program = Binder.Bind([.. sources.Select(s => new SourceFile(s.Path, s.Text))]);
        _types = new(NamespaceOf, ClassOf);
        foreach (var module in _program.Modules)
        {
            _byModule[module.Name] = SourceOf(module.Files[0]);
        }
    }

    public static ProgramModel Build(IReadOnlyList<SourceModel> sources)
    {
        var builder = new ModelBuilder(sources);
        builder.Build();
        return new(new(builder._files), new(builder._diagnostics));
    }

    private void Build()
    {
        _diagnostics.AddRange(_program.Diagnostics.Select(Model));
        foreach (var module in _program.Modules.Where(m => !_byModule[m.Name].IsReference))
        {
            AddUnits(module);
        }

        foreach (var target in _program.Targets.Where(t => !SourceOf(t.Span!.Value.File).IsReference))
        {
            try
            {
                _files.Add(ModelOf(target));
            }
            catch (NotBoundException type)
            {
                var (span, message) = (target.Span!.Value, $"'{target.Name}' has no C# bindings: they cannot express '{type.Message}' yet. It is compiled as ever; use ProvingLayer.Runtime's untyped classes.");
                _diagnostics.Add(new("TNR8001", "no C# bindings for a type", false, message, span.File.Path, span.Start, span.Length, span.Line, span.Column, span.EndLine, span.EndColumn));
            }
        }

        foreach (var structure in _types.Structs.ToList())
        {
            AddStruct(structure.Key, structure.Value);
        }

        foreach (var choice in _types.Enums.ToList())
        {
            AddEnum(choice.Key, choice.Value);
        }

        foreach (var set in _types.Sets)
        {
            AddSet(set.Key, set.Value);
        }
    }

    private string NamespaceOf(string module) =>
        _byModule.TryGetValue(module, out var source) && source.Namespace.Length > 0 ? source.Namespace : Naming.Namespace(module);

    // The class that the bindings of what a proof is of have, if it has bindings.
    private string? ClassOf(ClaimSymbol claim)
    {
        var target = _program.Targets.FirstOrDefault(t => claim.IsHistory ? t.Machine?.Symbol == claim.Machine : t.Statement?.QualifiedName == claim.QualifiedName);
        try
        {
            return target is null || ModelOf(target) is null ? null : $"global::{NamespaceOf(target.Module)}.{TypeName(target)}";
        }
        catch (NotBoundException)
        {
            return null;
        }
    }

    private FileModel ModelOf(BuildTarget target) => target.Machine is { } machine ? Machine(target, machine.Symbol) : Claim(target, target.Statement!);

    // A module of the standard library has classes in each project that uses it, unless a project that this one refers to has made them.
    private SourceModel SourceOf(SourceFile file) => _sources.FirstOrDefault(s => s.Path == file.Path) ?? new(
        file.Path,
        file.Text,
        "",
        _sources.Any(s => !s.IsReference && s.Access == "public") ? "public" : "internal",
        _sources.Any(s => s.IsReference && s.Text.Contains($"use {file.Path.Substring(0, file.Path.LastIndexOf('.')).Replace('/', '.')}")));

    private static string Hint(string module, string name) => module.Length == 0 ? $"{name}.g.cs" : $"{module}.{name}.g.cs";

    private void AddUnits(BoundModule module)
    {
        if (module.Units.IsEmpty)
        {
            return;
        }

        var units = module.Units.Select(u => new UnitModel(
            Naming.Pascal(u.Name),
            u.QualifiedName,
            u is Language.Types.AssetSymbol asset ? asset.Decimals : null,
            module.Documentation.TryGetValue(u.Name, out var text) ? text : null));
        _files.Add(new UnitsModel(Hint(module.Name, "units"), NamespaceOf(module.Name), _byModule[module.Name].Access, new(units)));
    }

    private void AddStruct(string name, Language.Types.StructType structure)
    {
        var (module, simple) = TypeMapping.Split(structure.QualifiedName);
        if (_byModule[module].IsReference)
        {
            return;
        }

        var documentation = _program.Modules.First(m => m.Name == module).Documentation;
        var declared = simple.Split('<')[0];
        var scope = new NameScope("Codec", "ToString", "Equals", "GetHashCode", "GetType", TypeMapping.Simple(simple));
        var fields = structure.Fields.Select(f => new FieldModel(f.Name, scope.Take(Naming.Pascal(f.Name)), Naming.Camel(f.Name), _types.Map(f.Type), false, false, null));
        _files.Add(new StructModel(
            Hint(module, TypeMapping.Simple(simple)),
            NamespaceOf(module),
            _byModule[module].Access,
            name.Substring(name.LastIndexOf('.') + 1),
            documentation.TryGetValue(declared, out var text) ? text : null,
            new(fields)));
    }

    private void AddEnum(string name, Language.Types.EnumType choice)
    {
        var (module, simple) = TypeMapping.Split(choice.QualifiedName);
        if (_byModule[module].IsReference)
        {
            return;
        }

        string[] members = ["Codec", "ToString", "Equals", "GetHashCode", "GetType", "EqualityContract", "PrintMembers", "Closed"];
        var names = new NameScope([.. members, TypeMapping.Simple(simple)]);
        var types = choice.Cases.Select(c => names.Take(Naming.Pascal(c.Name))).ToArray();
        var variants = choice.Cases.Select((c, i) =>
        {
            var properties = new NameScope([.. members, .. types]); // the classes of all variants are inside each
            var fields = c.Fields.Select(f => new FieldModel(f.Name, properties.Take(Naming.Pascal(f.Name)), Naming.Camel(f.Name), _types.Map(f.Type), false, false, f.Documentation));
            return new VariantModel(c.Name, types[i], new(fields), c.Documentation);
        });
        _files.Add(new EnumModel(
            Hint(module, TypeMapping.Simple(simple)),
            NamespaceOf(module),
            _byModule[module].Access,
            name.Substring(name.LastIndexOf('.') + 1),
            choice.Documentation,
            new(variants)));
    }

    private void AddSet(string name, ClaimSymbol set)
    {
        var (module, simple) = TypeMapping.Split(set.QualifiedName);
        if (!_byModule[module].IsReference)
        {
            _files.Add(new SetModel(Hint(module, simple), NamespaceOf(module), _byModule[module].Access, name.Substring(name.LastIndexOf('.') + 1), new(set.Members.Select(member => ClassOf(member)!))));
        }
    }

    private MachineModel Machine(BuildTarget target, MachineSymbol machine)
    {
        var type = TypeName(target);
        var types = new NameScope(type, "State", "Event", "Error", "Load", "LoadKey", "New", "StateOf", "LoadState", "ErrorOf", "Binding", "InterfaceHash", "OtherEvent", "History", "Step");
        var states = machine.States.Select(s => (Symbol: s, Type: types.Take(s.IsInitial ? "InitialState" : s.Name + "State"))).ToList();
        var members = new NameScope([.. states.Select(s => s.Type), "Record", "ToString", "Equals", "GetHashCode", "GetType", "Closed", "EqualityContract", "PrintMembers"]);
        var transitions = machine.Transitions.Select(t => new TransitionModel(
            t.Name,
            members.Take(Naming.Pascal(t.Name)),
            types.Take(Naming.Pascal(t.Name) + "Statement"),
            types.Take(Naming.Pascal(t.Name) + "Step"),
            t.Targets.Length == 1 ? states[t.Targets[0].Tag].Type : "State",
            Arguments(t.Parameters, "at"),
            t.Documentation)).ToList();
        var events = machine.Events.Select(e => new EventModel(e.Name, types.Take(e.Name + "Event"), Fields(e.Fields, new("Closed", "Equals", "GetHashCode", "GetType", "ToString", "Of", "EqualityContract", "PrintMembers", e.Name + "Event")), e.Documentation)).ToList();
        var data = Fields(machine.Data, members);
        var maps = machine.Data.Where(f => f.IsMap).Select(f => types.Take(Naming.Pascal(f.Name) + "Map")).ToList();
        return new(
            Hint(target.Module, type),
            NamespaceOf(target.Module),
            SourceOf(target.Span!.Value.File).Access,
            type,
            target.Name,
            ProgramInterface.HashOf(target),
            target.Documentation,
            data,
            new(maps),
            new(states.Select(s => new StateModel(
                s.Symbol.Name,
                s.Type,
                Fields(s.Symbol.Fields, members), // one scope for all states: a state's members stand beside those of the base
                new(machine.Transitions.Where(t => t.Sources.Contains(s.Symbol)).Select(t => t.Ordinal)),
                s.Symbol.IsFinal,
                s.Symbol.Documentation))),
            new(transitions),
            new(events),
            Errors(target));
    }

    private ClaimModel Claim(BuildTarget target, BoundStatementDeclaration statement)
    {
        var type = TypeName(target);
        return new(
            Hint(target.Module, type),
            NamespaceOf(target.Module),
            SourceOf(target.Span!.Value.File).Access,
            type,
            target.Name,
            statement.Name,
            ProgramInterface.HashOf(target),
            target.Documentation,
            Arguments(statement.Parameters, "progress", "cancellation", "signers"),
            statement.ResultType is Language.Types.TupleType { Elements.IsEmpty: true } ? null : _types.Map(statement.ResultType),
            Errors(target))
        {
            IsSigned = statement.Parameters.Any(p => IsSigned(p.Type)),
        };
    }

    private static bool IsSigned(Language.Types.TenorType type) => type switch
    {
        Language.Types.SignedType => true,
        Language.Types.ArrayType array => IsSigned(array.Element),
        Language.Types.TupleType tuple => tuple.Elements.Any(IsSigned),
        Language.Types.StructType structure => structure.Fields.Any(f => IsSigned(f.Type)),
        Language.Types.ChoiceType choice => choice.Variants.Any(v => v.Fields.Any(f => IsSigned(f.Type))),
        _ => false,
    };

    private EquatableArray<FieldModel> Fields(IEnumerable<FieldSymbol> fields, NameScope properties) => new(fields.Select(f => new FieldModel(
        f.Name, properties.Take(Naming.Pascal(f.Name)), Naming.Camel(f.Name), _types.Map(f.Type), f.IsPublic, f.IsVault, f.Documentation)));

    // Not the name of a class inside it.
    private static string TypeName(BuildTarget target) =>
        new NameScope("State", "Event", "Error", "Statement", "InitialState", "OtherEvent").Take(TypeMapping.Simple(TypeMapping.Split(target.Name).Name));

    private EquatableArray<FieldModel> Arguments(IEnumerable<LocalSymbol> parameters, params string[] taken)
    {
        var (properties, names) = (new NameScope("Content", "ProgramId", "PreRoot", "PostRoot", "Now", "Receipts", "Events", "Result", "Verify", "Save", "Load", "Value", "Read", "ToString", "EventsBy", "Closed", "GetType", "Equals", "GetHashCode"), new NameScope(taken));
        return new(parameters.Select(p => new FieldModel(
            p.Name, properties.Take(Naming.Pascal(p.Name)), names.Take(Naming.Camel(p.Name)), _types.Map(p.Type), p.IsPublic, false, null)));
    }

    private static EquatableArray<ErrorModel> Errors(BuildTarget target)
    {
        var members = new NameScope("None", "Other");
        return new(ErrorSymbol.BuiltIns.Concat(target.Errors).Select(e => new ErrorModel(e.QualifiedName, members.Take(Naming.Pascal(e.Name)))));
    }

    private static DiagnosticModel Model(Diagnostic diagnostic)
    {
        var (span, start, end) = (diagnostic.Span, diagnostic.Span.StartPosition, diagnostic.Span.EndPosition);
        var notes = string.Concat(diagnostic.Notes.Select(n => $" ({n.Text})"));
        return new(
            diagnostic.Code,
            diagnostic.Descriptor.Title,
            diagnostic.Severity == Severity.Error,
            string.Join(" ", (diagnostic.Message + notes).Split(s_lineEnds, StringSplitOptions.RemoveEmptyEntries)),
            span.File.Path,
            span.Start,
            span.Length,
            start.Line,
            start.Column,
            end.Line,
            end.Column);
    }
}
