using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Scopes and locals.</content>
internal sealed partial class BodyBinder
{
    private void Push() => _scopes.Add(new(StringComparer.Ordinal));

    private void Pop() => _scopes.RemoveAt(_scopes.Count - 1);

    private Entry? FindLocal(string name)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i].TryGetValue(name, out var entry))
            {
                return entry;
            }
        }

        return null;
    }

    private void AddParameters(IEnumerable<LocalSymbol> parameters)
    {
        foreach (var parameter in parameters)
        {
            CheckFresh(parameter.Name, parameter.Span);
            _scopes[_scopes.Count - 1][parameter.Name] = new(parameter, null);
        }
    }

    /// <summary>Makes a name visible from here to the end of its block.</summary>
    private LocalSymbol Declare(NameSyntax name, LocalKind localKind, TenorType type)
    {
        Names.Check(name, capital: false, "Locals", Reporter);
        CheckFresh(name.Text, name.Span);
        var local = new LocalSymbol(name.Text, localKind, type, isPublic: false, name.Span);
        _scopes[_scopes.Count - 1][name.Text] = new(local, null);
        return local;
    }

    private void DeclareAlias(NameSyntax name, BoundExpression value)
    {
        Names.Check(name, capital: false, "Locals", Reporter);
        if (FindStateField(name.Text) is not { } own || value is not BoundStateField field || !ReferenceEquals(own.Field, field.Field))
        {
            CheckFresh(name.Text, name.Span);
        }

        _scopes[_scopes.Count - 1][name.Text] = new(null, value);
    }

    /// <summary>A local that no source can name: a keyword is its name.</summary>
    private static LocalSymbol Hidden(string keyword, TenorType type, SourceSpan span, LocalKind localKind = LocalKind.Let) =>
        new(keyword, localKind, type, isPublic: false, span);

    private void CheckFresh(string name, SourceSpan span)
    {
        var hidden = FindLocal(name) is not null ? "local"
            : FindData(name) is not null ? "data field"
            : FindStateField(name) is not null ? "state field"
            : context.FindBare(name) is { } item ? Context.KindOf(item).Substring(Context.KindOf(item).IndexOf(' ') + 1)
            : context.File.UsedModules.ContainsKey(name) ? "module"
            : null;
        if (hidden is not null && name.Length > 0)
        {
            Reporter.Report(DiagnosticTable.Shadowing, span, name, hidden);
        }
    }

    private FieldSymbol? FindData(string name) => machine is not null && machine.Data.TryGetValue(name, out var field) ? field : null;

    private BoundStateField? FindStateField(string name) =>
        _source is { } state && state.Fields.FirstOrDefault(f => f.Name == name) is { } field
            ? new(field.Span, state, field)
            : null;
}
