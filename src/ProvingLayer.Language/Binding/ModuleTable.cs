using System.Collections.Immutable;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding;

/// <summary>Puts files into modules, declares their items, and follows their uses.</summary>
internal sealed class ModuleTable(Reporter reporter)
{
    private const int MaxNames = 100_000;

    private readonly SortedDictionary<string, Module> _modules = new(StringComparer.Ordinal);

    public IEnumerable<Module> Modules => _modules.Values;

    /// <summary>All files, in the order they were given.</summary>
    public List<FileScope> Files { get; } = [];

    public Module? Find(string name) => _modules.TryGetValue(name, out var module) ? module : null;

    public void Add(CompilationUnitSyntax unit)
    {
        var name = unit.Module?.Path.Text ?? "";
        if (unit.Module is { } declared)
        {
            foreach (var part in declared.Path.Parts)
            {
                Names.Check(part, capital: false, "Modules", reporter);
            }

            if (name.StartsWith(StandardLibrary.Prefix, StringComparison.Ordinal) && !StandardLibrary.Owns(name, unit.Span.File))
            {
                reporter.Report(DiagnosticTable.StandardModule, declared.Path.Span, name);
            }
        }

        if (!_modules.TryGetValue(name, out var module))
        {
            _modules.Add(name, module = new(name));
        }

        var file = new FileScope(module, unit);
        Files.Add(file);
        module.Files.Add(file);
        foreach (var declaration in unit.Declarations)
        {
            foreach (var declaredName in NamesOf(declaration))
            {
                Declare(file, declaredName, declaration);
            }
        }
    }

    /// <summary>Follows the uses of all files, once all are added.</summary>
    public void Link()
    {
        foreach (var file in Files)
        {
            foreach (var use in file.Unit.Uses)
            {
                Link(file, use);
            }
        }

        FindCycles();
    }

    private static ImmutableArray<NameSyntax> NamesOf(DeclarationSyntax declaration) => declaration switch
    {
        AssetDeclarationSyntax d => [d.Name],
        MeasureDeclarationSyntax d => [d.Name],
        ConstDeclarationSyntax d => [d.Name],
        TypeDeclarationSyntax d => [d.Name],
        ErrorDeclarationSyntax d => d.Names,
        EventDeclarationSyntax d => [d.Name],
        SetDeclarationSyntax d => [d.Name],
        StructDeclarationSyntax d => [d.Name],
        EnumDeclarationSyntax d => [d.Name],
        FunctionDeclarationSyntax d => [d.Name],
        StatementDeclarationSyntax d => [d.Name],
        MachineDeclarationSyntax d => [d.Name],
        _ => ImmutableArray<NameSyntax>.Empty,
    };

    private void Declare(FileScope file, NameSyntax name, DeclarationSyntax syntax)
    {
        if (name.Text.Length == 0)
        {
            return;
        }

        Names.Check(name, syntax is not FunctionDeclarationSyntax, syntax is FunctionDeclarationSyntax ? "Functions" : "Declarations", reporter);
        var items = file.Module.Items;
        if (items.TryGetValue(name.Text, out var first))
        {
            reporter.Report(new Diagnostic(DiagnosticTable.DuplicateName, name.Span, [name.Text], []).WithNote("first declared here", first.Name.Span));
        }
        else if (items.Count == MaxNames)
        {
            reporter.Report(DiagnosticTable.TooManyDeclarations, file.Unit.Module?.Span ?? name.Span, file.Module.Name, MaxNames);
        }
        else
        {
            items.Add(name.Text, new(file, name, syntax));
        }
    }

    private void Link(FileScope file, UseSyntax use)
    {
        if (Find(use.Path.Text) is not { } module)
        {
            reporter.Report(DiagnosticTable.UnknownModule, use.Path.Span, use.Path.Text);
            file.Missing.UnionWith(use.Items.IsEmpty ? [(use.Alias ?? use.Path.Last).Text] : use.Items.Select(i => i.Text));
            return;
        }

        if (use.Items.IsEmpty)
        {
            var name = use.Alias ?? use.Path.Last;
            Names.Check(name, capital: false, "Modules", reporter);
            if (file.UsedModules.ContainsKey(name.Text) || file.Find(name.Text) is not null)
            {
                reporter.Report(DiagnosticTable.RepeatedUse, name.Span, name.Text);
                return;
            }

            file.UsedModules.Add(name.Text, module);
            return;
        }

        foreach (var name in use.Items)
        {
            if (!module.Items.TryGetValue(name.Text, out var item))
            {
                reporter.Report(DiagnosticTable.UnknownItem, name.Span, module.Name, name.Text);
                file.Missing.Add(name.Text);
            }
            else if (!item.IsPublic && !ReferenceEquals(module, file.Module))
            {
                reporter.Report(DiagnosticTable.PrivateItem, name.Span, name.Text, module.Name);
                file.Missing.Add(name.Text);
            }
            else if (file.Find(name.Text) is { } other && !ReferenceEquals(other, item))
            {
                reporter.Report(DiagnosticTable.RepeatedUse, name.Span, name.Text);
            }
            else
            {
                file.UsedItems[name.Text] = item;
            }
        }
    }

    private void FindCycles()
    {
        var uses = Modules.ToDictionary(
            m => m.Name,
            m => m.Files.SelectMany(f => f.Unit.Uses).Select(u => Find(u.Path.Text)).OfType<Module>().Select(u => u.Name).Distinct().ToList(),
            StringComparer.Ordinal);
        foreach (var module in Modules)
        {
            if (PathBack(module.Name, uses) is { } way)
            {
                var use = module.Files.SelectMany(f => f.Unit.Uses).First(u => u.Path.Text == way);
                reporter.Report(DiagnosticTable.ModuleCycle, use.Path.Span, module.Name, way);
            }
        }
    }

    private static string? PathBack(string start, Dictionary<string, List<string>> uses)
    {
        foreach (var first in uses[start])
        {
            var (seen, rest) = (new HashSet<string>(StringComparer.Ordinal) { first }, new Stack<string>([first]));
            while (rest.Count > 0)
            {
                var at = rest.Pop();
                if (at == start)
                {
                    return first;
                }

                foreach (var next in uses[at].Where(seen.Add))
                {
                    rest.Push(next);
                }
            }
        }

        return null;
    }
}
