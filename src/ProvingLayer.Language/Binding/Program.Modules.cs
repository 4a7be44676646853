using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <content>What bindings need of modules.</content>
internal sealed partial class Program
{
    private readonly Dictionary<Module, ImmutableArray<ErrorSymbol>> _errors = [];

    /// <summary>The modules of the standard library that files use, themselves or through each other. Those that are given as files are not read again.</summary>
    private void AddLibrary(List<CompilationUnitSyntax> units)
    {
        var given = new HashSet<string>(units.Select(u => u.Module?.Path.Text ?? ""), StringComparer.Ordinal);
        for (var i = 0; i < units.Count; i++)
        {
            foreach (var file in units[i].Uses.Where(u => given.Add(u.Path.Text)).Select(u => StandardLibrary.Find(u.Path.Text)).OfType<SourceFile>().ToList())
            {
                units.Add(Parser.Parse(file, _bag));
            }
        }
    }

    private BoundModule Describe(Module module) => new(
        module.Name,
        [.. module.Files.Select(f => f.Unit.Span.File)],
        [.. module.Items.Values.Select(AtomOf).OfType<UnitAtom>().OrderBy(a => a.Name, StringComparer.Ordinal)],
        module.Items.Values.Where(d => d.Syntax.Header.Documentation is not null)
            .ToImmutableSortedDictionary(d => d.Name.Text, d => d.Syntax.Header.Documentation!, StringComparer.Ordinal));

    private UnitAtom? AtomOf(Declaration declaration) => declaration.Syntax switch
    {
        AssetDeclarationSyntax => _compilation.Asset(declaration),
        MeasureDeclarationSyntax { Unit: null } => _compilation.Measure(declaration)?.Powers[0].Atom,
        _ => null,
    };

    /// <summary>The errors of a module and of all that it uses: a body there can name no other.</summary>
    private ImmutableArray<ErrorSymbol> ErrorsOf(Module module)
    {
        if (_errors.TryGetValue(module, out var errors))
        {
            return errors;
        }

        var (seen, open) = (new HashSet<Module> { module }, new Queue<Module>([module]));
        var found = new List<ErrorSymbol>();
        while (open.Count > 0)
        {
            var next = open.Dequeue();
            found.AddRange(next.Items.Where(i => i.Value.Syntax is ErrorDeclarationSyntax).Select(i => _compilation.Error(i.Value, i.Key)));
            foreach (var used in next.Files.SelectMany(f => f.UsedModules.Values.Concat(f.UsedItems.Values.Select(d => d.Module))).Where(seen.Add))
            {
                open.Enqueue(used);
            }
        }

        errors = [.. found.OrderBy(e => e.QualifiedName, StringComparer.Ordinal)];
        _errors.Add(module, errors);
        return errors;
    }
}
