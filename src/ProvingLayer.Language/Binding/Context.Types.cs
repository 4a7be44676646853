using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <content>Types as they are written.</content>
internal sealed partial class Context
{
    private const string ProofsBelong = "proofs are private arguments of transitions and statements, and nothing else";
    private const int MaxCells = 1 << 20;
    private const int MaxDepth = 64;
    private const int MaxVariants = 1_024;

    private static readonly Dictionary<string, NumberKind> s_integers = new(StringComparer.Ordinal)
    {
        ["u8"] = NumberKind.U8,
        ["u16"] = NumberKind.U16,
        ["u32"] = NumberKind.U32,
        ["u64"] = NumberKind.U64,
        ["u128"] = NumberKind.U128,
        ["i64"] = NumberKind.I64,
        ["i128"] = NumberKind.I128,
        ["u256"] = NumberKind.U256,
        ["i256"] = NumberKind.I256,
    };

    /// <summary>The type of a value: no vault, no machine.</summary>
    public TenorType BindType(TypeSyntax syntax)
    {
        var type = BindAnyType(syntax);
        switch (type)
        {
            case VaultType:
                Reporter.Report(DiagnosticTable.TypeNotHere, syntax.Span, type, "vaults stand in a machine's 'data' only");
                return ErrorType.Instance;
            case MapType:
                Reporter.Report(DiagnosticTable.TypeNotHere, syntax.Span, type, "maps stand in a machine's 'data' only");
                return ErrorType.Instance;
            case MachineType:
                Reporter.Report(DiagnosticTable.TypeNotHere, syntax.Span, type, "a machine is not a type of values");
                return ErrorType.Instance;
            case ProofType:
                Reporter.Report(DiagnosticTable.TypeNotHere, syntax.Span, type, ProofsBelong);
                return ErrorType.Instance;
            default:
                return type;
        }
    }

    /// <summary>The type of an argument: nobody has proved its direction, so it carries no <c>lo</c> or <c>hi</c>.</summary>
    public TenorType BindArgumentType(TypeSyntax syntax)
    {
        var type = BindType(syntax);
        if (HasBound(type))
        {
            Reporter.Report(DiagnosticTable.TypeNotHere, syntax.Span, type, "arguments carry no 'lo' or 'hi', since nobody has proved the direction");
            return ErrorType.Instance;
        }

        return type;
    }

    /// <summary>The type of an argument of a transition or statement: a private one may be a proof.</summary>
    private TenorType BindEntryType(ParameterSyntax parameter)
    {
        if (parameter.IsPublic || parameter.Type is not NamedTypeSyntax)
        {
            return BindArgumentType(parameter.Type);
        }

        var type = BindAnyType(parameter.Type);
        return type is ProofType or ErrorType ? type : BindArgumentType(parameter.Type);
    }

    public static bool HasBound(TenorType type) => type switch
    {
        NumberType number => number.Direction is Direction.Lo or Direction.Hi,
        ArrayType array => HasBound(array.Element),
        TupleType tuple => tuple.Elements.Any(HasBound),
        StructType structure => structure.Fields.Any(f => HasBound(f.Type)),
        ChoiceType choice => choice.Variants.Any(v => v.Fields.Any(f => HasBound(f.Type))),
        SignedType signed => HasBound(signed.Element),
        _ => false,
    };

    /// <summary>Whether a value of the type holds something signed.</summary>
    public static bool HasSigned(TenorType type) => type switch
    {
        SignedType => true,
        ArrayType array => HasSigned(array.Element),
        TupleType tuple => tuple.Elements.Any(HasSigned),
        StructType structure => structure.Fields.Any(f => HasSigned(f.Type)),
        ChoiceType choice => choice.Variants.Any(v => v.Fields.Any(f => HasSigned(f.Type))),
        _ => false,
    };

    /// <summary>The type of a value that is kept or told: what is signed is not, for its signature would be lost.</summary>
    public TenorType BindKeptType(TypeSyntax syntax) => Kept(BindType(syntax), syntax.Span);

    private TenorType Kept(TenorType type, SourceSpan span)
    {
        if (!HasSigned(type))
        {
            return type;
        }

        Reporter.Report(DiagnosticTable.TypeNotHere, span, type, "a signature is not kept: open it with 'let x = s.open(key) else Error;', and keep what it holds");
        return ErrorType.Instance;
    }

    /// <summary>Any type, also a vault's or a machine's.</summary>
    public TenorType BindAnyType(TypeSyntax syntax)
    {
        if (!compilation.Enter())
        {
            Reporter.Report(DiagnosticTable.TypeTooLarge, syntax.Span, $"'{Short(syntax.Span)}'", "too many names stand for each other");
            return ErrorType.Instance;
        }

        var type = syntax switch
        {
            NamedTypeSyntax named => BindNamed(named),
            GuardedTypeSyntax guarded => BindGuarded(guarded),
            ArrayTypeSyntax array => BindArray(array),
            TupleTypeSyntax tuple => BindTuple(tuple),
            OptionTypeSyntax option => BindOption(option),
            _ => ErrorType.Instance,
        };
        compilation.Leave();
        return type;
    }

    /// <summary>Reports a type that is too large to be worked with.</summary>
    public bool FitsLimits(TenorType type, SourceSpan span, string name)
    {
        if (type.Cells > MaxCells || type.Depth > MaxDepth)
        {
            Reporter.Report(
                DiagnosticTable.TypeTooLarge,
                span,
                $"'{name}'",
                type.Cells > MaxCells ? FormattableString.Invariant($"more than {MaxCells} elementary values") : FormattableString.Invariant($"nested more than {MaxDepth} deep"));
            return false;
        }

        return true;
    }

    /// <summary>A number type narrowed to a range.</summary>
    public TenorType Refine(TenorType type, RangeSyntax range)
    {
        if (type is ErrorType)
        {
            return type;
        }

        if (type is not NumberType number)
        {
            Reporter.Report(DiagnosticTable.NotANumber, range.Span, "in", type);
            return ErrorType.Instance;
        }

        var binder = new Bodies.BodyBinder(this);
        var low = binder.BindBoundary(range.Low, number);
        var high = range.High is null ? null : binder.BindBoundary(range.High, number);
        if (low is null || (range.High is not null && high is null) || !number.PlacesAreKnown)
        {
            return number;
        }

        var scale = new Rational(BigInteger.Pow(10, number.Places));
        var min = (low.Value * scale).Ceiling();
        var max = high is null ? number.Max : range.IncludesHigh ? (high.Value * scale).Floor() : (high.Value * scale).Ceiling() - 1;
        var refined = number with { Min = BigInteger.Max(min, number.Min), Max = BigInteger.Min(max, number.Max) };
        if (refined.Min > refined.Max)
        {
            Reporter.Report(DiagnosticTable.EmptyRange, range.Span, $"{number} in {Short(range.Span)}");
            return number;
        }

        return refined;
    }

    private TenorType BindNamed(NamedTypeSyntax syntax)
    {
        if (syntax.Member is { } member)
        {
            return NotSupported(syntax.Span, $"the type '{syntax.Path.Text}.{member.Text}'");
        }

        if (syntax.Path.Parts.Length == 1 && BindBuiltIn(syntax, syntax.Path.Text) is { } builtIn)
        {
            return builtIn;
        }

        switch (Resolve(syntax.Path))
        {
            case null:
                return ErrorType.Instance;
            case TypeArgument argument when NoArguments(syntax):
                return argument.Type;
            case Declaration declaration when declaration.IsType:
                return BindArguments(declaration, syntax.Arguments, syntax.Span) is { } scope
                    ? compilation.TypeOf(declaration, scope, syntax.Span)
                    : ErrorType.Instance;
            case { } other:
                WrongKind(syntax.Path.Span, syntax.Path.Text, other, "a type");
                return ErrorType.Instance;
        }
    }

    private TenorType? BindBuiltIn(NamedTypeSyntax syntax, string name)
    {
        switch (name)
        {
            case "bool":
                return NoArguments(syntax) ? BooleanType.Instance : ErrorType.Instance;
            case "u8" or "u16" or "u32" or "u64" or "u128" or "u256" or "i64" or "i128" or "i256":
                return NoArguments(syntax) ? NumberType.OfKind(s_integers[name]) : ErrorType.Instance;
            case "time":
                return NoArguments(syntax) ? NumberType.Time : ErrorType.Instance;
            case "duration":
                return NoArguments(syntax) ? NumberType.Duration : ErrorType.Instance;
            case "hash":
                return NoArguments(syntax) ? DigestType.Hash : ErrorType.Instance;
            case "key":
                return NoArguments(syntax) ? DigestType.Key : ErrorType.Instance;
            case "dec":
                return BindFixedPoint(syntax);
            case "qty":
                return AssetArgumentOf(syntax) is { } asset ? NumberType.Quantity(asset) : ErrorType.Instance;
            case "vault":
                return AssetArgumentOf(syntax) is { } held ? new VaultType(held, IsGuarded: false) : ErrorType.Instance;
            case "map":
                return BindMap(syntax);
            case "proof":
                return BindProof(syntax);
            case "lo" or "hi" or "near":
                return BindDirected(syntax, name);
            case "signed":
                return BindSigned(syntax);
            case "address":
                return NoArguments(syntax) ? BytesType.Address : ErrorType.Instance;
            case "bytes":
                return BindBytes(syntax);
            case "root":
                return BindRoot(syntax);
            default:
                return null;
        }
    }

    private TenorType BindSigned(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not NamedArgumentSyntax argument)
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, "'signed'", "1 type", syntax.Arguments.Length);
            return ErrorType.Instance;
        }

        var type = Kept(BindArgumentType(argument.Type), argument.Span);
        if (type is ErrorType)
        {
            return type;
        }

        var signed = new SignedType(type);
        return FitsLimits(signed, syntax.Span, Short(syntax.Span)) ? signed : ErrorType.Instance;
    }

    private TenorType BindGuarded(GuardedTypeSyntax syntax)
    {
        var type = BindAnyType(syntax.Type);
        if (type is VaultType vault)
        {
            return vault with { IsGuarded = true };
        }

        return type is ErrorType ? type : Mismatch(syntax.Span, "a vault after 'guarded'", type);
    }

    private TenorType BindFixedPoint(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length is < 1 or > 3)
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, "dec<places, unit>", "1 to 3 type arguments", syntax.Arguments.Length);
            return ErrorType.Instance;
        }

        var isWide = syntax.Arguments.Length == 3;
        if (isWide && !(syntax.Arguments[2] is NumberArgumentSyntax { Value: { IsInteger: true } bits } && bits.Digits == 256))
        {
            Reporter.Report(DiagnosticTable.TypeArgumentKind, syntax.Arguments[2].Span, "dec<places, unit, 256>", "256", $"'{Short(syntax.Arguments[2].Span)}'");
            return ErrorType.Instance;
        }

        var unit = syntax.Arguments.Length == 1 ? Unit.None : UnitOf(syntax.Arguments[1]);
        var places = syntax.Arguments[0] switch
        {
            NumberArgumentSyntax { Value.IsInteger: true } number => new Rational(number.Value.Digits),
            NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null } named } => ConstantOf(named.Path),
            var other => Misplaced(other),
        };
        if (places is not { } value || unit is null)
        {
            return ErrorType.Instance;
        }

        if (!value.IsInteger || value.Sign < 0 || value.Numerator > (isWide ? 77 : 38))
        {
            Reporter.Report(DiagnosticTable.DecimalPlaces, syntax.Arguments[0].Span, value);
            return ErrorType.Instance;
        }

        return NumberType.FixedPoint((int)value.Numerator, unit, isWide);
    }

    private Rational? Misplaced(TypeArgumentSyntax argument)
    {
        Reporter.Report(DiagnosticTable.TypeArgumentKind, argument.Span, "dec<places, unit>", "a number of places", $"'{Short(argument.Span)}'");
        return null;
    }

    private Unit? UnitOf(TypeArgumentSyntax argument)
    {
        switch (argument)
        {
            case UnitArgumentSyntax unit:
                return BindUnit(unit.Unit);
            case NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null } named }:
                return FindUnit(named.Path);
            case NumberArgumentSyntax { Value: { IsInteger: true, Digits.IsOne: true } }:
                return Unit.None;
            default:
                Reporter.Report(DiagnosticTable.TypeArgumentKind, argument.Span, "dec<places, unit>", "a unit", $"'{Short(argument.Span)}'");
                return null;
        }
    }

    private TenorType BindMap(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length != 3)
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, "map<key, value, depth>", "3 type arguments", syntax.Arguments.Length);
            return ErrorType.Instance;
        }

        var (key, value) = (MapArgument(syntax.Arguments[0], isValue: false), MapArgument(syntax.Arguments[1], isValue: true));
        var depth = syntax.Arguments[2] switch
        {
            NumberArgumentSyntax { Value.IsInteger: true } number => new Rational(number.Value.Digits),
            NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null } named } => ConstantOf(named.Path),
            var other => NotADepth(other),
        };
        if (key is ErrorType || value is ErrorType || depth is not { } levels)
        {
            return ErrorType.Instance;
        }

        if (!levels.IsInteger || levels.Sign <= 0 || levels.Numerator > MapType.MaximumLevels)
        {
            Reporter.Report(DiagnosticTable.MapDepth, syntax.Arguments[2].Span, levels, MapType.MaximumLevels);
            return ErrorType.Instance;
        }

        return new MapType(key, value, (int)levels.Numerator);
    }

    private TenorType BindBytes(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length != 1)
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, "bytes<length>", "1 type argument", syntax.Arguments.Length);
            return ErrorType.Instance;
        }

        var argument = syntax.Arguments[0];
        switch (argument)
        {
            case NumberArgumentSyntax { Value.IsInteger: true } number when IsLength(new(number.Value.Digits)):
                return new BytesType((int)number.Value.Digits);
            case NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null } named }:
                var constant = ConstantOf(named.Path);
                if (constant is null || IsLength(constant))
                {
                    return constant is null ? ErrorType.Instance : new BytesType((int)constant.Value.Numerator);
                }

                break;
        }

        Reporter.Report(
            DiagnosticTable.TypeArgumentKind,
            argument.Span,
            "bytes<length>",
            FormattableString.Invariant($"a number from 1 to {BytesType.MaximumLength:N0}"),
            $"'{Short(argument.Span)}'");
        return ErrorType.Instance;

        static bool IsLength(Rational? value) => value is { IsInteger: true } length && length.Sign > 0 && length.Numerator <= BytesType.MaximumLength;
    }

    private TenorType MapArgument(TypeArgumentSyntax argument, bool isValue)
    {
        switch (argument)
        {
            case NamedArgumentSyntax { Type: GuardedTypeSyntax or NamedTypeSyntax { Member: null, Path: { Parts.Length: 1, Text: "vault" } } } vault when isValue:
                return BindAnyType(vault.Type);
            case NamedArgumentSyntax named:
                return BindKeptType(named.Type);
        }

        Reporter.Report(DiagnosticTable.TypeArgumentKind, argument.Span, "map<key, value, depth>", "a type", $"'{Short(argument.Span)}'");
        return ErrorType.Instance;
    }

    private Rational? NotADepth(TypeArgumentSyntax argument)
    {
        Reporter.Report(DiagnosticTable.TypeArgumentKind, argument.Span, "map<key, value, depth>", "a number of levels", $"'{Short(argument.Span)}'");
        return null;
    }

    private AssetSymbol? AssetArgumentOf(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length != 1)
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, $"'{syntax.Path.Text}'", "1 type argument", syntax.Arguments.Length);
            return null;
        }

        if (syntax.Arguments[0] is NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null } named })
        {
            return FindAsset(named.Path);
        }

        Reporter.Report(DiagnosticTable.TypeArgumentKind, syntax.Arguments[0].Span, $"'{syntax.Path.Text}'", "an asset", $"'{Short(syntax.Arguments[0].Span)}'");
        return null;
    }

    private TenorType BindDirected(NamedTypeSyntax syntax, string name)
    {
        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not NamedArgumentSyntax argument)
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, $"'{name}'", "1 type", syntax.Arguments.Length);
            return ErrorType.Instance;
        }

        var type = BindType(argument.Type);
        if (type is NumberType { Direction: Direction.Exact } number)
        {
            return number with { Direction = name switch { "lo" => Direction.Lo, "hi" => Direction.Hi, _ => Direction.Near } };
        }

        return type is ErrorType ? type : Mismatch(argument.Span, $"an exact number type in '{name}<…>'", type);
    }

    private TenorType BindArray(ArrayTypeSyntax syntax)
    {
        var element = BindType(syntax.Element);
        var length = new Bodies.BodyBinder(this).BindLength(syntax.Length);
        if (element is ErrorType || length is null)
        {
            return ErrorType.Instance;
        }

        var type = new ArrayType(element, length.Value);
        return FitsLimits(type, syntax.Span, Short(syntax.Span)) ? type : ErrorType.Instance;
    }

    private TenorType BindOption(OptionTypeSyntax syntax)
    {
        var element = BindType(syntax.Element);
        if (element is ErrorType)
        {
            return element;
        }

        var type = new OptionType(element);
        return FitsLimits(type, syntax.Span, Short(syntax.Span)) ? type : ErrorType.Instance;
    }

    private TenorType BindTuple(TupleTypeSyntax syntax)
    {
        var elements = syntax.Elements.Select(BindType).ToImmutableArray();
        if (elements.Any(e => e is ErrorType))
        {
            return ErrorType.Instance;
        }

        var type = new TupleType(elements);
        return FitsLimits(type, syntax.Span, Short(syntax.Span)) ? type : ErrorType.Instance;
    }

    private bool NoArguments(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.IsEmpty)
        {
            return true;
        }

        Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, $"'{syntax.Path.Text}'", "no type arguments", syntax.Arguments.Length);
        return false;
    }

    private ErrorType Mismatch(SourceSpan span, string expected, TenorType found)
    {
        Reporter.Report(DiagnosticTable.TypeMismatch, span, expected, found);
        return ErrorType.Instance;
    }

    private ErrorType NotSupported(SourceSpan span, string feature)
    {
        Reporter.NotSupported(span, feature);
        return ErrorType.Instance;
    }
}
