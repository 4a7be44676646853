using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Names, members, elements.</content>
internal sealed partial class BodyBinder
{
    private BoundExpression BindName(NameExpressionSyntax syntax, TenorType? target = null)
    {
        var name = syntax.Name.Text;
        if (name.Length == 0)
        {
            return new BoundError(syntax.Span);
        }

        if (FindLocal(name) is { } entry)
        {
            return entry.Local is { } local ? ReadLocal(syntax, local) : entry.Alias! with { Span = syntax.Span };
        }

        switch (name)
        {
            case "now":
                return Report(DiagnosticTable.NowMisplaced, syntax.Span, "write now.from or now.to for one of its ends");
            case "self":
                return Report(DiagnosticTable.SelfMisplaced, syntax.Span);
        }

        if (FindData(name) is { } field)
        {
            return field.Type switch
            {
                MapType map => Report(DiagnosticTable.TypeNotHere, syntax.Span, field.Type, map.IsLedger ? $"a ledger is no value; '{name}[key].balance' is" : $"a map is no value; '{name}.get(key)' is"),
                VaultType => Report(DiagnosticTable.TypeNotHere, syntax.Span, field.Type, $"a vault is no value; '{name}.balance' is"),
                ErrorType => new BoundError(syntax.Span),
                _ => new BoundDataField(syntax.Span, field),
            };
        }

        if (FindStateField(name) is { } stateField)
        {
            return stateField.Field.Type is ErrorType ? new BoundError(syntax.Span) : stateField with { Span = syntax.Span };
        }

        switch (context.FindBare(name))
        {
            case null when VariantOf(target, name) is { } variant:
                return BindVariant(syntax.Span, variant.Choice, variant.Index, null, syntax.Span);
            case null:
                break;
            case Constant constant:
                return Constant(constant, syntax);
            case ConstArgument argument:
                return new BoundNumber(syntax.Span, argument.Type, new(argument.Value));
            case Declaration { Syntax: ConstDeclarationSyntax } declaration:
                return Constant(Compilation.Constant(declaration), syntax);
            case { } other:
                context.WrongKind(syntax.Span, name, other, "a value");
                return new BoundError(syntax.Span);
        }

        if (Reporter.MaySuggest && machine?.Symbol.States.FirstOrDefault(s => s.Fields.Any(f => f.Name == name)) is { } owner)
        {
            return Report(DiagnosticTable.StateFieldsUnknown, syntax.Span, name, owner.Name);
        }

        var known = _scopes.SelectMany(s => s.Keys).Concat(context.File.Known).Concat(context.Constants.Keys).Concat(context.Generics.Names);
        context.Unknown(syntax.Name, machine is null ? known : known.Concat(machine.Symbol.Data.Select(f => f.Name)));
        return new BoundError(syntax.Span);
    }

    private BoundExpression ReadLocal(NameExpressionSyntax syntax, LocalSymbol local)
    {
        switch (local.Type)
        {
            case ErrorType:
                return new BoundError(syntax.Span);
            case MachineType:
                return Report(DiagnosticTable.TypeNotHere, syntax.Span, local.Type, "a machine is not a value; read its data, ask for its state, or call a transition");
            case ProofType when kind != BodyKind.Test:
                return Report(DiagnosticTable.TypeNotHere, syntax.Span, local.Type, "a proof is no value; 'verify S(…) using " + local.Name + "' says what it shows");
            default:
                return new BoundLocal(syntax.Span, local);
        }
    }

    private static BoundExpression Constant(Constant constant, ExpressionSyntax syntax) => constant.Value with { Span = syntax.Span };

    private BoundExpression BindMember(MemberExpressionSyntax syntax, TenorType? target = null)
    {
        if (PathOf(syntax.Receiver) is { } path && EnumOf(path, target) is { } choice)
        {
            return choice is not EnumType named ? new BoundError(syntax.Span)
                : named.IndexOf(syntax.Name.Text) is >= 0 and var variant ? BindVariant(syntax.Span, named, variant, null, syntax.Span)
                : UnknownVariant(syntax.Name, named);
        }

        if (syntax.Receiver is NameExpressionSyntax { Name.Text: var first } receiver && FindLocal(first) is null && FindData(first) is null)
        {
            if (BindStaticMember(syntax, receiver) is { } found)
            {
                return found;
            }
        }

        if (VaultOf(syntax.Receiver) is { } vault)
        {
            return syntax.Name.Text != "balance" ? Report(DiagnosticTable.UnknownMember, syntax.Name.Span, vault.Vault.Type, syntax.Name.Text, "; it has 'balance'")
                : vault.Machine is { } owner ? new BoundMachineBalance(syntax.Span, owner, vault.Vault)
                : new BoundBalance(syntax.Span, vault.Vault);
        }

        if (BindLedgerPlace(syntax.Receiver) is { } place)
        {
            return BindLedgerBalance(syntax, place);
        }

        if (MachineOf(syntax.Receiver) is { } local)
        {
            return BindMachineField(syntax, local);
        }

        var value = Bind(syntax.Receiver);
        switch (value.Type)
        {
            case ErrorType:
                return value;
            case StructType structure when structure.IndexOf(syntax.Name.Text) is >= 0 and var index:
                var type = structure.Fields[index].Type;
                return type is ErrorType ? new BoundError(syntax.Span) : ElementOf(value, index) ?? new BoundStructElement(syntax.Span, type, value, index);
            case StructType structure:
                return Report(DiagnosticTable.UnknownMember, syntax.Name.Span, structure, syntax.Name.Text, Names.Suggest(syntax.Name.Text, structure.Fields.Select(f => f.Name)));
            default:
                return Report(DiagnosticTable.UnknownMember, syntax.Name.Span, value.Type, syntax.Name.Text, "");
        }
    }

    /// <summary>A member of something that is no value: <c>now.from</c>, <c>time.max</c>, <c>K.alice</c>, <c>ETH.unit</c>, <c>module.ITEM</c>.</summary>
    private BoundExpression? BindStaticMember(MemberExpressionSyntax syntax, NameExpressionSyntax receiver)
    {
        var (name, member) = (receiver.Name.Text, syntax.Name.Text);
        switch (name)
        {
            case "now":
                return BindNow(syntax);
            case "time" when member == "max":
                return new BoundNumber(syntax.Span, NumberType.Time, new(NumberType.LastSecond));
            case "K" when kind == BodyKind.Test:
                return new BoundTestKey(syntax.Span, member);
            case "K":
                return Report(DiagnosticTable.StatementNotHere, syntax.Span, "K", "anything but a test: it holds the test keys");
        }

        if (context.FindBare(name) is { } item)
        {
            var asset = item is AssetArgument argument ? argument.Asset : item is Declaration { Syntax: AssetDeclarationSyntax } d ? Compilation.Asset(d) : null;
            if (asset is not null && member == "unit")
            {
                return SmallestUnit(syntax.Span, asset);
            }

            if (item is ConstArgument or Declaration { Syntax: ConstDeclarationSyntax } or not (GenericArgument or Declaration))
            {
                return null;
            }

            return Report(DiagnosticTable.UnknownMember, syntax.Name.Span, $"'{name}'", member, asset is null ? "" : "; an asset has 'unit'");
        }

        if (!context.File.UsedModules.TryGetValue(name, out var module))
        {
            return null;
        }

        switch (context.FindIn(module, syntax.Name))
        {
            case null:
                return new BoundError(syntax.Span);
            case { Syntax: ConstDeclarationSyntax } declaration:
                return Constant(Compilation.Constant(declaration), syntax);
            case { } other:
                context.WrongKind(syntax.Span, syntax.Span.Text, other, "a value");
                return new BoundError(syntax.Span);
        }
    }

    private BoundExpression BindNow(MemberExpressionSyntax syntax)
    {
        if (kind is not (BodyKind.Transition or BodyKind.Ensures))
        {
            return Report(DiagnosticTable.NowMisplaced, syntax.Span, "only a transition has one");
        }

        return syntax.Name.Text switch
        {
            "from" => new BoundNow(syntax.Span, NowEnd.From),
            "to" => new BoundNow(syntax.Span, NowEnd.To),
            _ => Report(DiagnosticTable.UnknownMember, syntax.Name.Span, "'now'", syntax.Name.Text, "; it has 'from' and 'to'"),
        };
    }

    /// <summary>The vault that an expression names: of the machine itself, or of a machine that a test holds.</summary>
    private (FieldSymbol Vault, LocalSymbol? Machine)? VaultOf(ExpressionSyntax syntax) => syntax switch
    {
        NameExpressionSyntax { Name.Text: var name } when FindLocal(name) is null && FindData(name) is { IsVault: true } field => (field, null),
        MemberExpressionSyntax member when MachineOf(member.Receiver) is { Type: MachineType type } local
            && type.Machine.Data.FirstOrDefault(f => f.Name == member.Name.Text) is { IsVault: true } field => (field, local),
        _ => null,
    };

    private BoundExpression BindTupleElement(TupleElementExpressionSyntax syntax)
    {
        var tuple = Bind(syntax.Receiver);
        return tuple.Type switch
        {
            ErrorType => tuple,
            TupleType type when syntax.Index >= 0 && syntax.Index < type.Elements.Length =>
                ElementOf(tuple, syntax.Index) ?? new BoundTupleElement(syntax.Span, type.Elements[syntax.Index], tuple, syntax.Index),
            _ => Report(DiagnosticTable.UnknownMember, syntax.Span, tuple.Type, syntax.Index, ""),
        };
    }

    private BoundExpression BindIndex(IndexExpressionSyntax syntax)
    {
        if (BindLedgerPlace(syntax) is { } place)
        {
            return Report(DiagnosticTable.TypeNotHere, syntax.Span, place.Ledger.Held!, $"a vault is no value; '{syntax.Span.Text}.balance' is");
        }

        var array = Bind(syntax.Receiver);
        if (IsError(array))
        {
            return array;
        }

        if (array.Type is not ArrayType type)
        {
            return Mismatch(syntax.Receiver.Span, "an array", array.Type);
        }

        var index = BindArrayIndex(syntax.Index, type);
        if (IsError(index))
        {
            return index;
        }

        return Folding.ValueOf(index) is { } known && ElementOf(array, (int)known.Numerator) is { } element
            ? element with { Span = syntax.Span }
            : new BoundArrayElement(syntax.Span, type.Element, array, index);
    }

    /// <summary>A whole number without unit; a constant one is in range.</summary>
    private BoundExpression BindArrayIndex(ExpressionSyntax syntax, ArrayType array)
    {
        var index = Bind(syntax);
        if (IsError(index))
        {
            return index;
        }

        if (!IsNumber(index) || Arithmetic.TypeOf(index) is not { Places: 0, IsTime: false, Unit.IsNone: true })
        {
            return Mismatch(syntax.Span, "a whole number without unit as index", index.Type);
        }

        if (Folding.ValueOf(index) is { } value && (value.Sign < 0 || value.Numerator >= array.Length))
        {
            return Report(DiagnosticTable.IndexOutOfRange, syntax.Span, value, array.Length);
        }

        return index;
    }

    /// <summary>The part of a value that is written out as a constant: so that what is built from constants is one.</summary>
    private static BoundExpression? ElementOf(BoundExpression value, int index)
    {
        if (!Folding.IsConstant(value))
        {
            return null;
        }

        return value switch
        {
            BoundTuple tuple => tuple.Elements[index],
            BoundArray array => array.Elements[index],
            BoundRepeat repeat => repeat.Element,
            BoundStruct structure => structure.Values[structure.Order.IndexOf(index)],
            _ => null,
        };
    }

    private static BoundNumber SmallestUnit(Text.SourceSpan span, AssetSymbol asset)
    {
        var value = new Rational(1, BigInteger.Pow(10, asset.Decimals ?? 0));
        return new(span, ExactType.Of(value, Unit.Of(asset)) with { PlacesAreDeferred = asset.Decimals is null }, value);
    }
}
