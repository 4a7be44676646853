using ProvingLayer.Language.Binding.Bodies;
using ProvingLayer.Language.Binding.Checks;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding;

/// <content>Statements and sets of them: each bound once for each list of arguments, when it is first needed, by itself or by a program that verifies proofs of it.</content>
internal sealed partial class Compilation
{
    private readonly Dictionary<string, BoundStatementDeclaration> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<Declaration, ClaimSymbol?> _sets = [];

    /// <summary>A statement with its body; null, and reported, if it needs proofs of itself, or nothing more is to be bound.</summary>
    /// <param name="declaration">The statement.</param>
    /// <param name="scope">Its type arguments.</param>
    /// <param name="span">Where it is needed.</param>
    public BoundStatementDeclaration? Statement(Declaration declaration, GenericScope scope, SourceSpan span)
    {
        var key = declaration.QualifiedName + scope.Key;
        if (_statements.TryGetValue(key, out var statement))
        {
            return statement;
        }

        if (!_running.Add(declaration))
        {
            reporter.Report(DiagnosticTable.ProofCycle, span, declaration.Name.Text);
            return null;
        }

        CountInstance(declaration, scope);
        if (!IsFull && Enter())
        {
            var outer = reporter.Instance;
            reporter.Instance = scope.Key.Length == 0 || scope.IsSymbolic ? null : declaration.Name.Text + scope.Suffix;
            statement = BodyBinder.BindStatement(declaration, new(this, declaration.File, scope));
            PrivacyCheck.Check(reporter, statement);
            VerifyCheck.Check(reporter, statement.Parameters, statement.Body);
            reporter.Instance = outer;
            _statements.Add(key, statement);
            Leave();
        }

        _running.Remove(declaration);
        return statement;
    }

    /// <summary>The claim of a set of statements; null, and reported, where one does not belong in it.</summary>
    public ClaimSymbol? Set(Declaration declaration, SourceSpan span)
    {
        if (_sets.TryGetValue(declaration, out var set))
        {
            return set;
        }

        if (!_running.Add(declaration))
        {
            reporter.Report(DiagnosticTable.ProofCycle, span, declaration.Name.Text);
            return null;
        }

        if (!Enter())
        {
            reporter.Report(DiagnosticTable.TypeTooLarge, span, $"'{declaration.Name.Text}'", "too many names stand for each other");
        }
        else
        {
            set = new Context(this, declaration.File, GenericScope.Empty).BindSet(declaration, (SetDeclarationSyntax)declaration.Syntax);
            _sets.Add(declaration, set);
            Leave();
        }

        _running.Remove(declaration);
        return set;
    }
}
