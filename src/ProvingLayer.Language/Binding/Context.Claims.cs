using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <content>What proofs are of.</content>
internal sealed partial class Context
{
    /// <summary>The statement that a name with its type arguments means; null, and reported, if none.</summary>
    public ClaimSymbol? BindClaim(NamedTypeSyntax syntax)
    {
        if (syntax.Member is not null || syntax.Path.Last.Text == "history")
        {
            Reporter.NotSupported(syntax.Span, "a history as an inner proof");
            return null;
        }

        switch (Resolve(syntax.Path))
        {
            case null:
                return null;
            case Declaration { Syntax: StatementDeclarationSyntax } declaration:
                return BindArguments(declaration, syntax.Arguments, syntax.Span) is { } scope && compilation.Statement(declaration, scope, syntax.Span) is { } statement
                    ? ClaimSymbol.Of(statement)
                    : null;
            case Declaration { Syntax: TypeDeclarationSyntax { Type: NamedTypeSyntax aliased, Range: null }, Generics.IsEmpty: true } alias when NoArguments(syntax):
                var outside = new Context(compilation, alias.File, GenericScope.Empty);
                if (outside.IsTarget(aliased))
                {
                    return outside.BindClaim(aliased);
                }

                WrongKind(syntax.Path.Span, syntax.Path.Text, alias, "a statement");
                return null;
            case { } other:
                WrongKind(syntax.Path.Span, syntax.Path.Text, other, "a statement");
                return null;
        }
    }

    private TenorType BindProof(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length == 1 && syntax.Arguments[0] is NamedArgumentSyntax { Type: NamedTypeSyntax named })
        {
            return BindClaim(named) is { } claim && FitsLimits(new ProofType(claim), syntax.Span, Short(syntax.Span)) ? new ProofType(claim) : ErrorType.Instance;
        }

        Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, "proof<statement>", "1 statement", syntax.Arguments.Length);
        return ErrorType.Instance;
    }
}
