using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Signed data: opened by <c>let x = s.open(key) else E;</c>, signed in tests by <c>K.name.sign(x)</c>.</content>
internal sealed partial class BodyBinder
{
    /// <summary>What a signed value holds; null if the expression is no <c>open</c> of one.</summary>
    private BoundExpression? BindOpen(ExpressionSyntax syntax, ErrorSymbol? error)
    {
        if (syntax is not CallExpressionSyntax { Callee: MemberExpressionSyntax { Name.Text: "open" } callee } call)
        {
            return null;
        }

        var signed = Bind(callee.Receiver);
        if (signed.Type is not (SignedType or ErrorType))
        {
            return Report(DiagnosticTable.UnknownMember, callee.Name.Span, signed.Type, "open", "; signed data has it");
        }

        var key = BindOnly(call, "open", "the signer's key", DigestType.Key);
        return IsError(signed) || key is null || IsError(key) || error is null ? new BoundError(syntax.Span) : new BoundOpen(syntax.Span, signed, key, error);
    }

    private BoundExpression BindSign(CallExpressionSyntax syntax, MemberExpressionSyntax callee, TenorType? target)
    {
        if (kind != BodyKind.Test)
        {
            return Report(DiagnosticTable.StatementNotHere, syntax.Span, "sign", "anything but a test: K.name.sign(x)");
        }

        var key = Bind(callee.Receiver);
        var value = BindOnly(syntax, "sign", "what is signed", (target as SignedType)?.Element);
        if (key is not BoundTestKey signer)
        {
            return IsError(key) ? key : Report(DiagnosticTable.NoSecret, callee.Receiver.Span);
        }

        if (value is null || IsError(value))
        {
            return new BoundError(syntax.Span);
        }

        return !IsStorable(value.Type) ? Report(DiagnosticTable.TypeUnknown, syntax.Arguments[0].Span, "a signature is of a stored value, and nothing here says as what")
            : Context.HasSigned(value.Type) || Context.HasBound(value.Type) ? Report(DiagnosticTable.TypeNotHere, syntax.Arguments[0].Span, value.Type, "what is signed is a plain value")
            : new BoundSign(syntax.Span, signer, value);
    }

    /// <summary>The one argument of a call, without a name; null, and reported, if it is not so.</summary>
    private BoundExpression? BindOnly(CallExpressionSyntax syntax, string name, string what, TenorType? type)
    {
        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not { Name: null, Value: { } value })
        {
            Report(DiagnosticTable.ArgumentCount, syntax.Span, name, what, syntax.Arguments.Length);
            return null;
        }

        return type is null ? Bind(value) : BindStored(value, type);
    }
}
