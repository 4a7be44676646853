using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Digests of values, and roots of trees of them.</content>
internal sealed partial class BodyBinder
{
    /// <summary>A method that makes a digest; null if it is none.</summary>
    private BoundExpression? BindDigestMethod(CallExpressionSyntax syntax, MemberExpressionSyntax member, System.Collections.Immutable.ImmutableArray<TypeArgumentSyntax> arguments, BoundExpression receiver)
    {
        var (name, given) = (member.Name.Text, arguments.IsDefault ? [] : arguments);
        switch (name)
        {
            case "digest":
                return CheckForm(syntax, name, given, types: 0, "no type arguments") ? BindDigestOf(syntax, receiver) : new BoundError(syntax.Span);
            case "merkle_root" when receiver.Type is DigestType { Kind: DigestKind.Hash }:
                return CheckForm(syntax, name, given, types: 0, "no type arguments", values: 2) ? BindMerkleRoot(syntax, receiver) : new BoundError(syntax.Span);
            default:
                return null;
        }
    }

    private BoundExpression BindDigestOf(CallExpressionSyntax syntax, BoundExpression value) =>
        !IsStorable(value.Type) ? Report(DiagnosticTable.TypeUnknown, value.Span, "a digest is of a stored value, and nothing here says as what")
        : Context.HasSigned(value.Type) || value.Type is MapType or VaultType or MachineType or ProofType ? Report(DiagnosticTable.TypeNotHere, value.Span, value.Type, "a digest is of a plain value")
        : new BoundDigestOf(syntax.Span, value);

    private BoundExpression BindMerkleRoot(CallExpressionSyntax syntax, BoundExpression leaf)
    {
        var index = BindStored(syntax.Arguments[0].Value!, NumberType.OfKind(NumberKind.U128));
        var siblings = Bind(syntax.Arguments[1].Value!);
        if (IsError(index) || IsError(siblings))
        {
            return new BoundError(syntax.Span);
        }

        return siblings.Type is ArrayType { Element: DigestType { Kind: DigestKind.Hash }, Length: <= MapType.MaximumLevels }
            ? new BoundMerkleRoot(syntax.Span, leaf, index, siblings)
            : Mismatch(siblings.Span, FormattableString.Invariant($"an array of 1 to {MapType.MaximumLevels} hashes"), siblings.Type);
    }
}
