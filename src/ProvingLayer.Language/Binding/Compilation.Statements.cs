using ProvingLayer.Language.Binding.Bodies;
using ProvingLayer.Language.Binding.Checks;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding;

/// <content>Statements: each bound once for each list of arguments, when it is first needed, by itself or by a program that verifies proofs of it.</content>
internal sealed partial class Compilation
{
    private readonly Dictionary<string, BoundStatementDeclaration> _statements = new(StringComparer.Ordinal);

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
}
